import {
  deriveId,
  type NotificationEvent,
  type NotificationState,
  notificationDecider,
  notificationStream,
  type Position,
  Refusal,
  type Uuid,
} from '#crm';
import { atMost } from '../execution/at-most.js';
import type { CommandResult, Envelope } from '../execution/envelope.js';
import type { Executor, Target } from '../execution/executor.js';
import type { UnreadFinder } from './unread-finder.port.js';

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

/** What came of marking many. */
export interface MarkedRead {
  readonly marked: number;
  readonly position: Position;
}

export interface NotificationCommands {
  /** The recipient has seen it. To anybody else it is not there. */
  markRead(id: Uuid, envelope: Envelope): Promise<CommandResult>;
  /** The recipient wants to come back to it. To anybody else it is not there. */
  markUnread(id: Uuid, envelope: Envelope): Promise<CommandResult>;
  /** The caller has seen all that are issued up to a position, inclusive. */
  markAllRead(upTo: Position, envelope: Envelope): Promise<MarkedRead>;
}

const PAGE = 200;
const AT_ONCE = 32;

/** Commands on notifications. */
export function createNotificationCommands(
  executor: Executor,
  finder: UnreadFinder,
): NotificationCommands {
  async function mark(
    kind: 'mark-read' | 'mark-unread',
    id: Uuid,
    envelope: Envelope,
  ): Promise<CommandResult> {
    const executed = await executor.execute(notificationTarget(id), envelope, (state, context) => {
      if (state.issued?.recipientId !== envelope.authority.actor.id) {
        throw new Refusal('not-found', 'notification_not_found', 'There is no such notification.');
      }
      return notificationDecider.decide(state, { kind }, context);
    });
    return { id, revision: executed.revision, position: executed.position };
  }

  const markRead = (id: Uuid, envelope: Envelope) => mark('mark-read', id, envelope);

  return {
    markRead,
    markUnread: (id, envelope) => mark('mark-unread', id, envelope),
    async markAllRead(upTo, envelope) {
      const recipientId = envelope.authority.actor.id;
      const slot = atMost(AT_ONCE);
      let [marked, position] = [0, upTo];
      for (let cursor: string | undefined; ; ) {
        const page = await finder.findUnread({
          ...{ recipientId, upTo, limit: PAGE },
          ...(cursor !== undefined && { cursor }),
        });
        const marking = page.documents.map(({ id }) =>
          slot(async () => {
            const commandId = deriveId(envelope.commandId, id);
            const read = await markRead(id, { ...envelope, commandId });
            position = Math.max(position, read.position);
          }),
        );
        await Promise.all(marking);
        marked += marking.length;
        if (page.next === undefined) return { marked, position };
        cursor = page.next;
      }
    },
  };
}
