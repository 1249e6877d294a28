import {
  type AllStreamResolvedEvent,
  type EventStoreDBClient,
  STREAM_NAME,
} from '@eventstore/db-client';
import type { Position } from '#crm';
import type { StoredEvent } from '../event-store.port.js';
import { NoAnswer } from './client-errors.js';
import { startAt, toPosition } from './positions.js';
import { abandon } from './reading.js';
import { isOrdinary, toStoredEvent } from './stored-events.js';

export interface FeedOptions {
  /** Exclusive. */
  readonly after: Position;
  readonly prefixes: readonly string[] | undefined;
  /** Events that the server looks at between checkpoints. */
  readonly window: number;
  /** Events held here before the server is left to wait. */
  readonly size: number;
  /** Longest time until the server confirms the subscription. */
  readonly ms: number;
}

export interface FeedPart {
  readonly events: readonly StoredEvent[];
  /** Everything up to here was given or filtered out. Absent when that is not known to have moved. */
  readonly reached?: Position;
  /** The server has said that this was the end of the log, and nothing more has come since. */
  readonly caughtUp: boolean;
}

/** One subscription of the client's, pulled. */
export interface Feed {
  /** Waits until there is something, and takes at most so many events. @throws what ended the subscription */
  next(max: number): Promise<FeedPart>;
  close(): void;
}

/** A call that ended without an error, which a subscription never should. */
class FeedEnded extends Error {}

const OWN_STREAMS = '^[^$]';
const NO_STREAM_AT_ALL = '^$';

function names(
  prefixes: readonly string[] | undefined,
): { prefixes: string[] } | { regex: string } {
  if (prefixes && prefixes.length > 0) return { prefixes: [...prefixes] };
  return { regex: prefixes ? NO_STREAM_AT_ALL : OWN_STREAMS };
}

export function openFeed(
  client: EventStoreDBClient,
  { after, prefixes, window, size, ms }: FeedOptions,
): Feed {
  // Events wait in the subscription's buffer, while checkpoints and "caught up" are told beside it. Each is therefore kept with
  // how many events come before it.
  const marks: { readonly count: number; readonly commit: bigint }[] = [];
  let caughtUpAfter: number | undefined;
  let taken = 0;
  let failure: Error | undefined;
  let wake = () => {};

  const subscription = client.subscribeToAll(
    {
      fromPosition: startAt(after),
      filter: {
        ...names(prefixes),
        filterOn: STREAM_NAME,
        checkpointInterval: 1,
        maxSearchWindow: window,
        checkpointReached: (_, { commit }) => {
          const count = countSoFar();
          if (marks.at(-1)?.count === count) marks.pop();
          marks.push({ count, commit });
          wake();
        },
      },
    },
    { highWaterMark: size },
  );
  const fail = (error: Error) => {
    failure ??= error;
    wake();
  };
  const unconfirmed = setTimeout(() => fail(new NoAnswer(ms)), ms);
  subscription
    .on('confirmation', () => clearTimeout(unconfirmed))
    .on('readable', () => wake())
    .on('error', fail)
    .on('end', () => fail(new FeedEnded('the subscription ended')));
  subscription.on('caughtUp', () => {
    caughtUpAfter = countSoFar();
    wake();
  });
  subscription.on('fellBehind', () => {
    caughtUpAfter = undefined;
  });

  function countSoFar(): number {
    return taken + subscription.readableLength;
  }

  function take(max: number): FeedPart {
    const events: StoredEvent[] = [];
    let reached: Position | undefined;
    while (events.length < max) {
      const resolved = subscription.read() as AllStreamResolvedEvent | null;
      if (resolved === null) break;
      taken += 1;
      const { event } = resolved;
      if (!event) continue;
      reached = toPosition(event.position.commit);
      if (isOrdinary(event)) events.push(toStoredEvent(event));
    }
    while (marks[0] && marks[0].count <= taken) {
      reached = Math.max(reached ?? after, toPosition((marks.shift() as (typeof marks)[0]).commit));
    }
    const caughtUp = (caughtUpAfter ?? Number.POSITIVE_INFINITY) <= taken;
    return {
      events,
      ...(reached !== undefined && { reached }),
      caughtUp: caughtUp && subscription.readableLength === 0,
    };
  }

  let saidCaughtUp = false;
  return {
    async next(max) {
      for (;;) {
        const part = take(max);
        const hasNews = part.reached !== undefined || (part.caughtUp && !saidCaughtUp);
        if (part.caughtUp) saidCaughtUp = true;
        if (hasNews) return part;
        if (failure) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close() {
      clearTimeout(unconfirmed);
      fail(new FeedEnded('it was closed'));
      abandon(subscription, subscription.unsubscribe());
    },
  };
}
