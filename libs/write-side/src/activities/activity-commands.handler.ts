import type { RecordAction } from '#access';
import {
  type ActivityCommand,
  type ActivityEvent,
  type ActivityState,
  activityDecider,
  deriveId,
  type FieldError,
  type PlanActivity,
  type RecordRef,
  Refusal,
  recordStream,
  type Uuid,
} from '#crm';
import type { CommandResult, Envelope } from '../execution/envelope.js';
import type { Executor, Target } from '../execution/executor.js';
import { livingEnd } from '../merging/living-end.js';
import type { People } from '../records/references.js';

export interface ActivityCommands {
  /** Plans an activity whose id derives from the command's. */
  plan(activity: PlanActivity['activity'], envelope: Envelope): Promise<CommandResult>;
  /** Any other command on an activity that is there. */
  handle(
    id: Uuid,
    command: Exclude<ActivityCommand, PlanActivity>,
    envelope: Envelope,
  ): Promise<CommandResult>;
}

export interface ActivityCommandsOptions {
  readonly executor: Executor;
  readonly people: People;
}

const NEEDED: Readonly<Partial<Record<ActivityCommand['kind'], RecordAction>>> = {
  reassign: 'assign',
  delete: 'delete',
  restore: 'delete',
};

/** Commands on activities. Who may edit a record that an activity is about may work on the activity too (PRODUCT.md P2: it stays workable there). */
export function createActivityCommands(options: ActivityCommandsOptions): ActivityCommands {
  const { executor } = options;
  return {
    async plan(activity, envelope) {
      const { authority } = envelope;
      const createdBy = authority.actor.id;
      const { assigneeId = createdBy } = activity;
      if (!authority.may('create', { type: 'activity', assigneeId, createdBy })) {
        throw forbidden('create');
      }
      const id = deriveId(envelope.commandId, 'activity');
      const executed = await executor.execute(
        activityTarget(id, envelope.fresh),
        envelope,
        async (state, context) => {
          const command = { kind: 'plan', activity: { ...activity, assigneeId } } as const;
          const events = activityDecider.decide(state, command, context);
          await refuseUnknown({ assigneeId, links: activity.links }, envelope, options);
          return events;
        },
      );
      return { id, revision: executed.revision, position: executed.position };
    },
    async handle(id, command, envelope) {
      const executed = await executor.execute(
        activityTarget(id),
        envelope,
        async (state, context) => {
          await requireActivityRight(NEEDED[command.kind] ?? 'edit', state, envelope, executor);
          const events = activityDecider.decide(state, command, context);
          await refuseUnknown(
            {
              ...(command.kind === 'reassign' &&
                command.assigneeId && { assigneeId: command.assigneeId }),
              links: command.kind === 'link' ? [command.link] : [],
            },
            envelope,
            options,
          );
          return events;
        },
      );
      return { id, revision: executed.revision, position: executed.position };
    },
  };
}

/** The stream of one activity and how it folds. */
export function activityTarget(id: Uuid, unborn = false): Target<ActivityState, ActivityEvent> {
  return {
    stream: recordStream('activity', id),
    unborn,
    initial: () => activityDecider.initial(id),
    evolve: activityDecider.evolve,
  };
}

/** An activity is open to those whose it is, and to those who may do the same to a record it is about. */
async function requireActivityRight(
  action: RecordAction,
  state: ActivityState,
  { authority }: Envelope,
  executor: Executor,
): Promise<void> {
  const subject = { ...state, type: 'activity' } as const;
  if (authority.may(action, subject)) return;
  const linked = await Promise.all(state.links.map((link) => livingEnd(executor, link)));
  if (linked.some((record) => authority.may(action, record))) return;
  const readable =
    authority.may('read', subject) || linked.some((record) => authority.may('read', record));
  if (state.status !== 'absent' && readable) throw forbidden(action);
  throw new Refusal('not-found', 'record_not_found', 'There is no such activity.');
}

async function refuseUnknown(
  { assigneeId, links }: { readonly assigneeId?: Uuid; readonly links: readonly RecordRef[] },
  { authority }: Envelope,
  { executor, people }: ActivityCommandsOptions,
): Promise<void> {
  const errors: FieldError[] = [];
  if (assigneeId && !people.isActiveUser(assigneeId)) {
    errors.push({
      path: 'assigneeId',
      code: 'unknown_reference',
      message: 'There is no such active user.',
    });
  }
  for (const [index, { type, id }] of links.entries()) {
    const state = await livingEnd(executor, { type, id });
    if (state.lifecycle === 'live' && authority.may('read', state)) continue;
    errors.push({
      path: `links.${index}`,
      code: 'unknown_reference',
      message: `There is no such ${type}.`,
    });
  }
  if (errors.length > 0) {
    throw new Refusal('rule', 'unknown_reference', 'Something referred to is not there.', {
      errors,
    });
  }
}

function forbidden(action: RecordAction): Refusal {
  return new Refusal('forbidden', 'forbidden', `You may not ${action} this activity.`);
}
