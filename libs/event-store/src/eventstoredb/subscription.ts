import { ErrorType, type EventStoreDBClient } from '@eventstore/db-client';
import type { Position } from '#crm';
import { UnknownPosition } from '../errors.js';
import { BEFORE_FIRST, type EventBatch, type Subscribe } from '../event-store.port.js';
import type { AllReader } from './all-reader.js';
import { createBackOff } from './back-off.js';
import { asCommandError, asStoreError, Code, codeOf, refusesCredentials } from './client-errors.js';
import { openFeed } from './feed.js';

export interface Subscribing {
  readonly client: EventStoreDBClient;
  readonly reader: AllReader;
  readonly hosts: string;
  /** Longest time until the server confirms a subscription. */
  readonly ms: number;
  readonly ended: AbortSignal;
}

const DEFAULT_BATCH = 500;
const LONGEST_BACK_OFF_MS = 5_000;

/**
 * Far from the head the server looks at many events between checkpoints, which is how it is fast. Near it at each: who waits
 * for their own write waits for a position, and the last event may be one that this subscription filters out.
 */
const WINDOW = { far: 500, near: 1 } as const;

/**
 * Follows the log over any number of the client's subscriptions, which end when the connection or the leader is lost, when the
 * server stops, and, in the normal course, when a burst of events outruns what the client takes at once. Each next one
 * begins where the one before was left.
 */
export async function* subscribe(
  { after = BEFORE_FIRST, prefixes, batchSize = DEFAULT_BATCH }: Subscribe,
  { client, reader, hosts, ms, ended }: Subscribing,
): AsyncGenerator<EventBatch, void, undefined> {
  const backOff = createBackOff(LONGEST_BACK_OFF_MS);
  let checkpoint: Position = after;
  let near = false;
  let saidLive = false;
  let heard = false;

  while (!ended.aborted) {
    const window = near ? WINDOW.near : WINDOW.far;
    const begun = checkpoint;
    const feed = openFeed(client, { after: checkpoint, prefixes, window, size: batchSize, ms });
    ended.addEventListener('abort', feed.close, { once: true });
    let settled = false;
    try {
      for (;;) {
        const part = await feed.next(batchSize);
        heard = true;
        backOff.reset();
        const before = checkpoint;
        checkpoint = Math.max(checkpoint, part.reached ?? BEFORE_FIRST);
        if (near && part.caughtUp && !settled) {
          settled = true;
          checkpoint = await reader.passed(checkpoint, prefixes);
        }
        const live = settled && part.caughtUp;
        // Near the head each event of the last stretch has a checkpoint: they are told as one.
        const isMoved = checkpoint > before && (!near || settled);
        if (part.events.length > 0 || isMoved || (live && !saidLive)) {
          saidLive = live;
          yield { events: part.events, checkpoint, live };
        }
        if (ended.aborted) return;
        if (part.caughtUp && !near) {
          near = true;
          break;
        }
      }
    } catch (error) {
      if (ended.aborted) return;
      near = false;
      saidLive = false;
      failUnlessItPasses(error, heard ? undefined : after, hosts);
      // A burst that outran us is read on at once; an end without any progress is not that.
      if (!wasTooSlow(error) || checkpoint === begun) await backOff.wait(ended);
    } finally {
      ended.removeEventListener('abort', feed.close);
      feed.close();
    }
  }
}

/** @param after where the caller began, when nothing has come yet */
function failUnlessItPasses(error: unknown, after: Position | undefined, hosts: string): void {
  if (refusesCredentials(error)) throw asStoreError(error, hosts);
  if (error instanceof RangeError) throw error;
  // What the server says when no event is at that position.
  if (after !== undefined && codeOf(error) === Code.UNKNOWN) throw new UnknownPosition(after);
}

function wasTooSlow(error: unknown): boolean {
  return asCommandError(error)?.type === ErrorType.TIMEOUT;
}
