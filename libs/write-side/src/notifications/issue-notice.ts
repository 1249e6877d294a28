import type { NotificationEvent, NotificationIssued, Uuid } from '#crm';
import type { Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { notificationTarget } from './notification-commands.handler.js';

/** Tells somebody what came of a plan that named the notice: once, whoever tries it and however often. */
export async function issueNotice(
  executor: Executor,
  id: Uuid,
  data: NotificationIssued['data'],
  envelope: Envelope,
): Promise<void> {
  await executor.execute(
    notificationTarget(id, { unborn: true }),
    envelope,
    ({ status }): readonly NotificationEvent[] =>
      status === 'absent' ? [{ type: 'NotificationIssued', data }] : [],
  );
}
