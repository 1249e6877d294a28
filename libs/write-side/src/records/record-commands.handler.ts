import type { RecordAction, Subject } from '#access';
import {
  type CaptureRecord,
  deciderOf,
  deriveId,
  type HangingCommand,
  type LeadCommand,
  type OpportunityCommand,
  type OpportunityState,
  type RecordCommand,
  type RecordRef,
  type RecordState,
  type RecordType,
  Refusal,
  requireLive,
  type Uuid,
} from '#crm';
import type { Arrivals } from '../assignment/arrivals.js';
import type { CommandResult, Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { refuseStale } from '../execution/under-envelope.js';
import { namingLivingEnd } from '../merging/living-end.js';
import { refuseUnknownUsers } from './custom-users.js';
import { homeOfInherited, workOnInherited } from './inherited.js';
import { recordTarget } from './record-target.js';
import { type People, type References, refuseUnknownReferences } from './references.js';

export type AnyRecordCommand = RecordCommand | LeadCommand | OpportunityCommand;
type Capture = CaptureRecord & { readonly pipelineId?: string; readonly stageId?: string };

export interface RecordCommandsOptions {
  readonly executor: Executor;
  readonly people: People;
  readonly arrivals: Arrivals;
}

export interface RecordCommands {
  /** Captures a record whose id derives from the command's. */
  capture(type: RecordType, command: Capture, envelope: Envelope): Promise<CommandResult>;
  /** Any other command on a record that is there. */
  handle(
    type: RecordType,
    id: Uuid,
    command: Exclude<AnyRecordCommand, { kind: 'capture' }>,
    envelope: Envelope,
  ): Promise<CommandResult>;
}

/** The right that each command needs on the record. */
const NEEDED: Readonly<Record<Exclude<AnyRecordCommand['kind'], 'capture'>, RecordAction>> = {
  edit: 'edit',
  tag: 'edit',
  assign: 'assign',
  'add-note': 'edit',
  'edit-note': 'edit',
  'remove-note': 'edit',
  'add-attachments': 'edit',
  'remove-attachment': 'edit',
  delete: 'delete',
  restore: 'delete',
  'change-stage': 'edit',
  lose: 'edit',
  win: 'edit',
  reopen: 'edit',
  'snooze-deadline': 'edit',
  'handle-deadline': 'edit',
  'apply-overdue-policy': 'edit',
};

/** Commands on single records of every type: rights, references, then the record type's own decision. */
export function createRecordCommands(options: RecordCommandsOptions): RecordCommands {
  const { executor } = options;

  const arrivalOf = (id: Uuid, { authority, commandId, correlationId }: Envelope) =>
    options.arrivals.capture(id, { actor: authority.actor, commandId, correlationId });

  /** Asked of the record that shows it, done where it hangs. */
  async function handleInherited(
    type: RecordType,
    id: Uuid,
    home: RecordRef,
    command: HangingCommand,
    envelope: Envelope,
  ): Promise<CommandResult> {
    const { state, revision } = await executor.load(recordTarget(type, id));
    requireRight(NEEDED[command.kind], state, envelope);
    requireLive(state);
    refuseStale({ revision }, envelope);
    const { position } = await workOnInherited(executor, home, command, envelope);
    return { id, revision, position };
  }

  return {
    async capture(type, command, envelope) {
      const owned = ownedBy(type, command, envelope);
      refuseForbidden(
        'create',
        { ...owned, type, createdBy: envelope.authority.actor.id },
        envelope,
      );
      await refuseUnknownReferences(type, owned, envelope, options);
      const id = deriveId(envelope.commandId, type);
      const target = recordTarget(type, id, { unborn: envelope.fresh });
      const arrival = isLeftToRules(type, command) ? arrivalOf(id, envelope) : undefined;
      try {
        const { revision, position } = await executor.execute(
          target,
          envelope,
          (state, context) => {
            const captured = deciderOf(type).decide(state, owned, context);
            refuseUnknownUsers(type, captured, context.settings, options.people);
            return arrival?.assigned(state as OpportunityState, captured, context) ?? captured;
          },
        );
        return { id, revision, position };
      } catch (error) {
        await arrival?.failed(error);
        throw error;
      }
    },
    handle: (type, id, command, envelope) =>
      namingLivingEnd(executor, () => handle(type, id, command, envelope)),
  };

  async function handle(
    type: RecordType,
    id: Uuid,
    command: Exclude<AnyRecordCommand, { kind: 'capture' }>,
    envelope: Envelope,
  ): Promise<CommandResult> {
    const home = isHanging(command)
      ? await homeOfInherited(executor, type, id, command, envelope)
      : undefined;
    if (home && isHanging(command)) return handleInherited(type, id, home, command, envelope);
    const executed = await executor.execute(
      recordTarget(type, id),
      envelope,
      async (state, context) => {
        requireRight(NEEDED[command.kind], state, envelope);
        await refuseUnknownReferences(type, referencesOf(command), envelope, options);
        const events = deciderOf(type).decide(state, command, context);
        refuseUnknownUsers(type, events, context.settings, options.people);
        return events;
      },
    );
    return { id, revision: executed.revision, position: executed.position };
  }
}

function isHanging(command: AnyRecordCommand): command is HangingCommand {
  return (
    command.kind === 'edit-note' ||
    command.kind === 'remove-note' ||
    command.kind === 'remove-attachment'
  );
}

/** Whoever the caller names stays; an opportunity without is given to somebody by the assignment rules (PRODUCT.md P6). */
function isLeftToRules(type: RecordType, { ownerId, teamId }: Capture): boolean {
  return type === 'opportunity' && ownerId === undefined && teamId === undefined;
}

/** Who sees only some records owns what they capture, or they would lose sight of it. */
function ownedBy(type: RecordType, command: Capture, { authority }: Envelope): Capture {
  const orphan = command.ownerId === undefined && command.teamId === undefined;
  return orphan && authority.actor.kind === 'user' && !authority.may('read', { type })
    ? { ...command, ownerId: authority.actor.id }
    : command;
}

function referencesOf(command: AnyRecordCommand): References {
  if (command.kind === 'assign') return { ownerId: command.ownerId, teamId: command.teamId };
  return 'fields' in command && command.fields ? { fields: command.fields } : {};
}

/**
 * Refuses a command on a record that the caller may not see as if it were not there, and on one that the caller may
 * see but not treat so as forbidden (PRODUCT.md P11).
 */
export function requireRight(action: RecordAction, state: RecordState, envelope: Envelope): void {
  if (state.lifecycle === 'absent' || !envelope.authority.may('read', state)) {
    throw new Refusal('not-found', 'record_not_found', `There is no such ${state.type}.`);
  }
  refuseForbidden(action, state, envelope);
}

function refuseForbidden(action: RecordAction, subject: Subject, { authority }: Envelope): void {
  if (authority.may(action, subject)) return;
  throw new Refusal('forbidden', 'forbidden', `You may not ${action} this ${subject.type}.`);
}
