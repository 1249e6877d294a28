import {
  deliveryDecider,
  deriveId,
  emailDeliveryId,
  type Instant,
  type LogPlace,
  type NotificationIssued,
  type NotificationPreferences,
  type NotifiedPeople,
  notificationDecider,
  type ProcessReached,
  processStream,
  type Recorded,
  type Uuid,
} from '#crm';
import type { EventLog, Logged } from '#event-store';
import type { IdSource } from '#platform';
import {
  atMost,
  type Envelope,
  Executor,
  notificationTarget,
  type Polling,
  processAuthority,
  type SettingsSource,
} from '#write-side';
import { deliveryTarget } from '../deliveries/delivery-target.js';
import { createFollowing } from '../following/following.js';
import { createLatestEvent, type LatestEvent } from '../following/latest-event.js';
import { placeAt, placeOf, positionOf } from '../following/log-places.js';
import { noticesIn, type OwedNotice } from './notices-in.js';
import { plannedEmail } from './planned-email.js';
import { createSettingsAsOf } from './settings-as-of.js';

/** Who is told, and how they want to be. */
export interface ToldPeople extends NotifiedPeople {
  preferencesOf(userId: Uuid): NotificationPreferences;
  /** Takes in what happened to people up to now. */
  refresh(): Promise<void>;
}

export interface NotifierOptions {
  readonly log: EventLog;
  readonly settings: SettingsSource;
  readonly people: ToldPeople;
  /** Whether e-mails can be sent at all: none are planned otherwise, which would all go out once they can. */
  readonly emails: boolean;
  readonly now: () => Instant;
  readonly ids: IdSource;
  readonly failed: (error: unknown) => void;
  readonly retryMs?: number;
}

export interface Notifier extends Polling {
  /** Sees to it that it is known from where on people are told: the end of the log, where nobody was ever told before. */
  establish(): Promise<void>;
}

const NAME = 'notifier';
/** What may owe somebody a notice, and the notices, which may owe an e-mail. */
const FOLLOWED = [
  ...['lead-', 'opportunity-', 'contact-', 'account-', 'activity-'],
  ...['reminder-', 'notification-'],
];
/** Notices and e-mails that are written at once. */
const AT_ONCE = 64;
/** Where it is is noted after so many events, or ms: as much may be gone through a second time, which changes nothing. */
const NOTED = { events: 1_000, ms: 5_000 };
const AUTHORITY = processAuthority(NAME);

/**
 * Follows the log and issues the notices that its events owe (PRODUCT.md P6), and plans the e-mails that tell of them. What derives from an
 * event has ids that derive from it, so going through a part of the log a second time, after a crash or by two processes, changes nothing.
 * It goes by where it noted to be, in the log: whatever is done to read models notifies nobody.
 */
export function createNotifier(options: NotifierOptions): Notifier {
  const { log, settings, people, emails, now, ids, failed, retryMs } = options;
  const executor = new Executor({ log, settings, now, cachedStreams: AT_ONCE });
  const parts = { log, people, settingsAsOf: createSettingsAsOf(log, settings) };
  const place = () =>
    createLatestEvent<ProcessReached>(processStream(NAME), {
      ...{ log, settings, now, ids },
      process: NAME,
    });

  async function begin(latest: LatestEvent<ProcessReached>): Promise<LogPlace> {
    const last = await latest.read();
    if (last) return last.data.at;
    const at = await placeAt(log);
    await latest.write({ type: 'ProcessReached', data: { at } });
    return at;
  }

  async function issue({ id, notice, cause }: OwedNotice): Promise<void> {
    await executor.execute(
      notificationTarget(id, { unborn: true }),
      envelope(deriveId(id, 'issue'), cause),
      (state, context) => notificationDecider.decide(state, { kind: 'issue', notice }, context),
    );
  }

  async function planEmail(issued: Recorded<NotificationIssued>): Promise<void> {
    const { recipientId } = issued.data;
    if (!people.isActiveUser(recipientId)) return;
    const { timeZone } = settings.current();
    const planned = plannedEmail(issued, people.preferencesOf(recipientId), timeZone, now());
    if (!planned) return;
    const id = emailDeliveryId(planned.notificationId);
    await executor.execute(
      deliveryTarget(id, { unborn: true }),
      envelope(deriveId(id, 'plan'), issued),
      (state, context) => deliveryDecider.decide(state, { kind: 'plan', planned }, context),
    );
  }

  async function tell(events: readonly Logged[]): Promise<void> {
    // Whoever came into a team a moment before an opportunity is told of it, whichever process they were invited by.
    await people.refresh();
    const slot = atMost(AT_ONCE);
    const owed = await noticesIn(events, parts);
    const issued = emails ? events.filter(isIssued) : [];
    await Promise.all([
      ...owed.map((notice) => slot(() => issue(notice))),
      ...issued.map((event) => slot(() => planEmail(event))),
    ]);
  }

  async function follow(signal: AbortSignal): Promise<void> {
    const latest = place();
    const after = await positionOf(log, await begin(latest));
    let noted = { count: 0, at: now() };
    let at: LogPlace = null;
    const note = async () => {
      await latest.write({ type: 'ProcessReached', data: { at } });
      noted = { count: 0, at: now() };
    };
    const from = after === undefined ? {} : { after };
    for await (const { events } of log.subscribe({ ...from, prefixes: FOLLOWED, signal })) {
      const last = events.at(-1);
      if (!last) continue;
      await tell(events);
      at = placeOf(last);
      noted.count += events.length;
      const since = Math.abs(Date.parse(now()) - Date.parse(noted.at));
      if (noted.count >= NOTED.events || since >= NOTED.ms) await note();
    }
    if (noted.count > 0) await note();
  }

  return {
    async establish() {
      await begin(place());
    },
    ...createFollowing({ follow, failed, ...(retryMs !== undefined && { retryMs }) }),
  };
}

function isIssued(event: Logged): event is Logged & Recorded<NotificationIssued> {
  return event.type === 'NotificationIssued' && !event.unreadable;
}

function envelope(commandId: Uuid, { id: causationId, metadata }: Recorded): Envelope {
  const { correlationId } = metadata;
  return { authority: AUTHORITY, commandId, correlationId, causationId, fresh: false };
}
