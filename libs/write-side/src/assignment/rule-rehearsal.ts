import {
  type AssignmentHandler,
  type AssignmentRule,
  asksForLoads,
  type Instant,
  membersOf,
  NEW_ROTATION,
  type Rehearsed,
  type Roster,
  rehearseRule,
  type Tried,
  type Uuid,
} from '#crm';
import type { SettingsSource } from '../settings/settings-source.port.js';
import { MOST_COUNTED } from './member-loads.js';
import type { OwnedOpportunities } from './owned-opportunities.port.js';
import type { Turns } from './turns.js';

/** Tries a rule on opportunities, in their order, from how turns and loads stand now. Commits nothing. */
export type RehearseRule = (
  rule: AssignmentRule,
  tried: readonly Tried[],
) => Promise<readonly Rehearsed[]>;

export interface RuleRehearsalOptions {
  readonly turns: Turns;
  readonly roster: Roster;
  readonly owned: OwnedOpportunities;
  readonly settings: SettingsSource;
  readonly now: () => Instant;
}

export function createRuleRehearsal(options: RuleRehearsalOptions): RehearseRule {
  const { turns, roster, now } = options;
  return async (rule, tried) => {
    const settings = options.settings.current();
    const isKnown = settings.assignmentRules.some(({ id }) => id === rule.id);
    const rotation = isKnown ? (await turns.openTurns(rule.id)).rotation : NEW_ROTATION;
    const loads = await loadsFor(rule.handler, options);
    return rehearseRule(rule, tried, { settings, roster, rotation, loads, now: now() });
  };
}

async function loadsFor(
  handler: AssignmentHandler,
  { roster, owned }: RuleRehearsalOptions,
): Promise<ReadonlyMap<Uuid, number> | undefined> {
  if (handler.kind !== 'team' || !asksForLoads(handler)) return undefined;
  const members = membersOf(roster, handler.teamId) ?? [];
  return owned.countOpen(
    members.map((ownerId) => ({ ownerId, except: [] })),
    MOST_COUNTED,
  );
}
