import {
  type CaptureStaged,
  deciderOf,
  type Instant,
  type RecordState,
  type RecordType,
  Refusal,
  type Uuid,
} from '#crm';
import type { Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { contextUnder } from '../execution/under-envelope.js';
import { refuseUnknownUsers } from '../records/custom-users.js';
import { requireRight } from '../records/record-commands.handler.js';
import { recordTarget } from '../records/record-target.js';
import { type People, refuseUnknownReferences } from '../records/references.js';
import type { SettingsSource } from '../settings/settings-source.port.js';

export interface RehearsalSurroundings {
  readonly executor: Executor;
  readonly people: People;
  readonly settings: SettingsSource;
  readonly now: () => Instant;
}

/** Decides a capture and records nothing. @throws Refusal as the capture would */
export async function rehearseCapture(
  type: RecordType,
  id: Uuid,
  command: CaptureStaged,
  envelope: Envelope,
  around: RehearsalSurroundings,
): Promise<void> {
  const { authority } = envelope;
  if (!authority.may('create', { ...command, type, createdBy: authority.actor.id })) {
    throw new Refusal('forbidden', 'forbidden', `You may not create this ${type}.`);
  }
  await refuseUnknownReferences(type, command, envelope, around);
  const absent = recordTarget(type, id).initial();
  const context = contextUnder(envelope, around.settings.current(), around.now());
  const events = deciderOf(type).decide(absent, command, context);
  refuseUnknownUsers(type, events, context.settings, around.people);
}

/** Decides the update of a record and records nothing. True when it would change anything. */
export async function rehearseUpdate(
  state: RecordState,
  { fields, custom, tags, ownerId, teamId }: CaptureStaged,
  envelope: Envelope,
  around: RehearsalSurroundings,
): Promise<boolean> {
  const { type } = state;
  requireRight('edit', state, envelope);
  await refuseUnknownReferences(type, { fields, ownerId, teamId }, envelope, around);
  const context = contextUnder(envelope, around.settings.current(), around.now());
  const decide = (command: object) => {
    const events = deciderOf(type).decide(state, command, context);
    refuseUnknownUsers(type, events, context.settings, around.people);
    return events.length > 0;
  };
  const edited = decide({ kind: 'edit', fields, custom });
  const tagged = decide({ kind: 'tag', add: tags, remove: [] });
  const assigned = decide({ kind: 'assign', ownerId, teamId });
  if (assigned) requireRight('assign', state, envelope);
  return edited || tagged || assigned;
}
