import {
  inUse,
  newReferences,
  type Reference,
  type ReferenceTarget,
  referencesIn,
  type Settings,
  unknownReferences,
} from '#crm';
import type { People } from '../records/references.js';

type Named = Extract<ReferenceTarget, { kind: 'user' | 'team' }>;

/**
 * Refuses a change of settings that names people or teams who are not there.
 * @throws Refusal `unknown_reference` with the paths in the command
 */
export function refuseUnknownPeople(before: Settings, after: Settings, people: People): void {
  const unknown = newReferences(before, after).filter(({ target }) => isUnknown(target, people));
  if (unknown.length > 0) throw unknownReferences(unknown, after);
}

function isUnknown(target: ReferenceTarget, people: People): boolean {
  switch (target.kind) {
    case 'user':
      return !people.isActiveUser(target.userId);
    case 'team':
      return !people.isTeam(target.teamId);
    default:
      return false;
  }
}

/**
 * Refuses that somebody goes whom settings in force name.
 * @throws Refusal `in_use` naming by what
 */
export function refuseNamed(settings: Settings, going: Named): void {
  const naming = referencesIn(settings).filter(
    ({ inForce, target }: Reference) => inForce && isSame(target, going),
  );
  if (naming.length > 0) throw inUse(naming);
}

function isSame(target: ReferenceTarget, going: Named): boolean {
  return going.kind === 'user'
    ? target.kind === 'user' && target.userId === going.userId
    : target.kind === 'team' && target.teamId === going.teamId;
}
