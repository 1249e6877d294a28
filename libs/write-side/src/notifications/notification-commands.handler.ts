import {
  type NotificationEvent,
  type NotificationState,
  notificationDecider,
  notificationStream,
  Refusal,
  type Uuid,
} from '#crm';
import type { CommandResult, Envelope } from '../execution/envelope.js';
import type { Executor, Target } from '../execution/executor.js';

/** A notification as a stream to decide on. */
export function notificationTarget(
  id: Uuid,
  { unborn = false } = {},
): Target<NotificationState, NotificationEvent> {
  return {
    stream: notificationStream(id),
    unborn,
    initial: () => notificationDecider.initial(id),
    evolve: notificationDecider.evolve,
  };
}

export interface NotificationCommands {
  /** The recipient has seen it. To anybody else it is not there. */
  markRead(id: Uuid, envelope: Envelope): Promise<CommandResult>;
}

/** Commands on notifications. */
export function createNotificationCommands(executor: Executor): NotificationCommands {
  return {
    async markRead(id, envelope) {
      const executed = await executor.execute(
        notificationTarget(id),
        envelope,
        (state, context) => {
          if (state.issued?.recipientId !== envelope.authority.actor.id) {
            throw new Refusal(
              'not-found',
              'notification_not_found',
              'There is no such notification.',
            );
          }
          return notificationDecider.decide(state, { kind: 'mark-read' }, context);
        },
      );
      return { id, revision: executed.revision, position: executed.position };
    },
  };
}
