import type { Instant, Uuid } from '#crm';
import type { EventLog } from '#event-store';
import type { IdSource } from '#platform';
import { atMost, createPolling, Executor, type Polling, type SettingsSource } from '#write-side';
import type { DeliveryFinder, FoundDelivery } from './delivery-finder.port.js';
import { createRecording, type Recording } from './recording.js';

/** Sends deliveries of one channel, and notes what came of them. */
export interface Sender {
  /** @param ids due, as far as is known; all of one recipient */
  send(ids: readonly Uuid[], recording: Recording): Promise<void>;
}

export interface DeliveriesOptions {
  readonly log: EventLog;
  readonly settings: SettingsSource;
  readonly finder: DeliveryFinder;
  /** Left out where no e-mails can be sent: they wait. */
  readonly mails?: Sender;
  readonly calls: Sender;
  readonly now: () => Instant;
  readonly ids: IdSource;
  readonly chance: () => number;
  readonly failed: (error: unknown) => void;
  /** Milliseconds between two looks. */
  readonly intervalMs?: number;
}

export interface Deliveries extends Polling {
  /** Sends what is due now. */
  look(signal?: AbortSignal): Promise<void>;
}

const INTERVAL_MS = 1_000;
/** Deliveries that are looked at in one go, which bounds the memory taken. */
const PAGE = 500;
/** Recipients who are written to at once, and notices in one mail. */
const AT_ONCE = 8;
const IN_ONE = 100;

/**
 * Sends what is due (PRODUCT.md P6): the read model says what may be, the stream of each delivery whether it still is. What several
 * notices are to tell one person at the same time goes in one mail: so a digest is nothing but mails that are due at the same hour.
 */
export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { log, settings, finder, mails, calls, now, ids, chance, failed } = options;
  const executor = new Executor({ log, settings, now, cachedStreams: PAGE });
  const recording = createRecording({ executor, ids, now, chance });

  async function sendPage(found: readonly FoundDelivery[], signal?: AbortSignal): Promise<void> {
    const slot = atMost(AT_ONCE);
    const work = groupsOf(found).map(({ channel, deliveries }) =>
      slot(async () => {
        if (signal?.aborted) return;
        try {
          await (channel === 'email' ? mails : calls)?.send(deliveries, recording);
        } catch (error) {
          failed(error);
        }
      }),
    );
    await Promise.all(work);
  }

  const isKnown = async () => finder.reached(await log.head());

  async function look(signal?: AbortSignal): Promise<void> {
    // What was sent before is not among what is found then.
    if (!(await isKnown())) return;
    const at = now();
    let held: readonly FoundDelivery[] = [];
    for (let cursor: string | undefined; !signal?.aborted; ) {
      const page = await finder.find({
        ...{ now: at, limit: PAGE },
        ...(cursor !== undefined && { cursor }),
      });
      // What was found may be newer than what tells what it is about.
      if (page.documents.length > 0 && !(await isKnown())) return;
      const found = [...held, ...page.documents];
      // More of whom the page ends with may be on the next.
      held = page.next === undefined ? [] : lastRecipients(found);
      await sendPage(found.slice(0, found.length - held.length), signal);
      if (page.next === undefined) return;
      cursor = page.next;
    }
  }

  const { intervalMs = INTERVAL_MS } = options;
  return { look, ...createPolling({ look, failed, intervalMs }) };
}

interface Group {
  readonly channel: FoundDelivery['channel'];
  readonly deliveries: readonly Uuid[];
}

/** E-mails at the end that are of one recipient: none when they fill a mail anyway. */
function lastRecipients(found: readonly FoundDelivery[]): readonly FoundDelivery[] {
  const { channel, recipientId } = found.at(-1) ?? {};
  if (channel !== 'email') return [];
  const others = found.findLastIndex((one) => one.recipientId !== recipientId);
  const last = found.slice(others + 1);
  return last.length < IN_ONE ? last : [];
}

/** E-mails by recipient, some at most in each; calls one by one. */
function groupsOf(found: readonly FoundDelivery[]): readonly Group[] {
  const groups: { channel: Group['channel']; deliveries: Uuid[] }[] = [];
  const open = new Map<Uuid, Uuid[]>();
  for (const { id, channel, recipientId } of found) {
    const joined = channel === 'email' && recipientId ? open.get(recipientId) : undefined;
    if (joined && joined.length < IN_ONE) {
      joined.push(id);
      continue;
    }
    const deliveries = [id];
    groups.push({ channel, deliveries });
    if (recipientId) open.set(recipientId, deliveries);
  }
  return groups;
}
