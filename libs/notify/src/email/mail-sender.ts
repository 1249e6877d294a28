import type {
  DeliveryState,
  Instant,
  NoticeRef,
  NotificationKind,
  PlannedEmail,
  SkipReason,
  Uuid,
} from '#crm';
import { isDue } from '#crm';
import type { Sender } from '../deliveries/deliveries.js';
import type { Recording } from '../deliveries/recording.js';
import { composeMail, type MailRecipient } from './compose-mail.js';
import type { Mailer } from './mailer.port.js';

/** What mails are made of. */
export interface MailFacts {
  /** Undefined for who may not come in any more. */
  recipient(userId: Uuid): MailRecipient | undefined;
  /** Whether the recipient still wants e-mails of a kind: a digest was planned a day ago. */
  wants(recipientId: Uuid, kind: NotificationKind): boolean;
  /** Those of the notices that their recipient has read. */
  readOf(notificationIds: readonly Uuid[]): Promise<ReadonlySet<Uuid>>;
  /** What records and activities are called, in their order: those that the recipient may see. */
  namesFor(
    recipientId: Uuid,
    records: readonly NoticeRef[],
  ): Promise<readonly (string | undefined)[]>;
}

export interface MailSenderOptions {
  readonly mailer: Mailer;
  readonly facts: MailFacts;
  /** Where people open records, see `composeMail`. */
  readonly publicUrl?: string | undefined;
  readonly now: () => Instant;
}

interface Due {
  readonly id: Uuid;
  readonly planned: PlannedEmail;
}

/** Sends the notices of one recipient in one mail: what is still due and wanted, was not read meanwhile, and has somebody to go to. */
export function createMailSender(options: MailSenderOptions): Sender {
  const { mailer, facts, publicUrl, now } = options;

  async function sendTo(recipientId: Uuid, due: readonly Due[], recording: Recording) {
    const recipient = facts.recipient(recipientId);
    const skip = (some: readonly Due[], reason: SkipReason) =>
      Promise.all(some.map(({ id }) => recording.carryOut(id, { kind: 'skip', reason })));
    if (!recipient) return skip(due, 'recipient-inactive');
    if (recipient.email === '') return skip(due, 'no-address');
    const isWanted = ({ planned }: Due) => facts.wants(recipientId, planned.kind);
    await skip(
      due.filter((one) => !isWanted(one)),
      'unwanted',
    );
    const wanted = due.filter(isWanted);
    const read = await facts.readOf(wanted.map(({ planned }) => planned.notificationId));
    const isRead = ({ planned }: Due) => read.has(planned.notificationId);
    await skip(wanted.filter(isRead), 'read');
    const unread = wanted.filter((one) => !isRead(one));
    if (unread.length === 0) return;
    const names = await facts.namesFor(
      recipientId,
      unread.map(({ planned }) => planned.record),
    );
    const told = unread.map(({ id: deliveryId, planned: { kind, record } }, index) => ({
      ...{ deliveryId, kind, record, name: names[index] },
    }));
    const outcome = await mailer.send(composeMail(recipient, told, publicUrl));
    await recording.outcome(idsOf(unread), outcome);
  }

  return {
    async send(ids, recording) {
      const states = await Promise.all(ids.map((id) => recording.load(id)));
      const due = states.flatMap((state) => dueEmail(state, now()));
      const unnoted = due.filter(({ id }) => recording.wasSent(id));
      if (unnoted.length > 0) await recording.outcome(idsOf(unnoted), { sent: true });
      const unsent = due.filter((one) => !unnoted.includes(one));
      const [first] = unsent;
      if (first) await sendTo(first.planned.recipientId, unsent, recording);
    },
  };
}

function idsOf(due: readonly Due[]): readonly Uuid[] {
  return due.map(({ id }) => id);
}

function dueEmail(state: DeliveryState, now: Instant): readonly Due[] {
  const { id, planned } = state;
  return planned?.channel === 'email' && isDue(state, now) ? [{ id, planned }] : [];
}
