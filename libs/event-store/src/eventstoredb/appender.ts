import {
  type AppendResult,
  type EventStoreDBClient,
  type JSONEventData,
  NO_STREAM,
} from '@eventstore/db-client';
import { InvalidAppend, OutcomeUnknown, StoreUnavailable } from '../errors.js';
import type { Append, Appended } from '../event-store.port.js';
import { type PreparedAppend, type PreparedEvent, prepareAppend } from '../prepare-append.js';
import { type Failure, failureOf } from './append-failures.js';
import { type BackOff, createBackOff } from './back-off.js';
import { causeOf, NoAnswer } from './client-errors.js';
import { toPosition, toRevision } from './positions.js';
import { within } from './within.js';

export interface Appender {
  append(append: Append): Promise<Appended>;
  /** Accepts no more, and settles when what was accepted has an outcome. */
  close(): Promise<void>;
}

export interface AppendTimes {
  /** How long one try may take. After one that had no answer the next may take twice as long: a server under load gets no more of it. */
  readonly tryMs: number;
  /** How long an append whose outcome is unknown is repeated. */
  readonly patienceMs: number;
}

/** How long an append that was certainly not taken is repeated: enough for the client to find that the server is back. */
const NOT_TAKEN_MS = 1_000;
const LONGEST_BACK_OFF_MS = 250;

/**
 * The client turns it into a moment by this machine's clock, and the server, by its own, refuses what comes after it. So it is longer than
 * two clocks are apart; how long an append may take is up to `AppendTimes`.
 */
const DEADLINE_MS = 7 * 24 * 3_600_000;
const encoder = new TextEncoder();

export function createAppender(
  client: EventStoreDBClient,
  hosts: string,
  times: AppendTimes,
): Appender {
  const pending = new Set<Promise<unknown>>();
  let closed = false;

  function send({ stream, expected, events }: PreparedAppend): Promise<AppendResult> {
    const expectedRevision = expected === 'no_stream' ? NO_STREAM : BigInt(expected);
    const options = { expectedRevision, requiresLeader: true, deadline: DEADLINE_MS } as const;
    return client.appendToStream(stream, events.map(toEventData), options);
  }

  /** Repeats with the same ids and the same expected revision, which alone tells what became of it. */
  async function settle(append: PreparedAppend): Promise<Appended> {
    const started = performance.now();
    let backOff: BackOff | undefined;
    let unknown: unknown;
    let tryMs = times.tryMs;
    for (;;) {
      const left = started + times.patienceMs - performance.now();
      // The last try has its time too, but no more than the first had.
      const ms = Math.min(tryMs, Math.max(left, times.tryMs));
      const failure = await tryOnce(append, ms, unknown !== undefined);
      if ('revision' in failure) return failure;
      if (failure.kind === 'refused') throw failure.error;
      if (failure.kind === 'unknown') unknown ??= failure.cause;
      const patienceMs = unknown === undefined ? NOT_TAKEN_MS : times.patienceMs;
      if (performance.now() - started >= patienceMs) {
        if (unknown === undefined)
          throw new StoreUnavailable(`${hosts}: ${causeOf(failure.cause)}`);
        throw new OutcomeUnknown(append.stream, causeOf(unknown));
      }
      // Only a server that lets us wait needs longer: one that is away fails at once, any number of times.
      if (failure.cause instanceof NoAnswer) tryMs *= 2;
      backOff ??= createBackOff(LONGEST_BACK_OFF_MS);
      await backOff.wait();
    }
  }

  async function tryOnce(
    append: PreparedAppend,
    ms: number,
    repeated: boolean,
  ): Promise<Appended | Failure> {
    try {
      const result = await within(ms, send(append));
      if (result.position) {
        return {
          revision: toRevision(result.nextExpectedRevision),
          position: toPosition(result.position.commit),
        };
      }
      // So it answers when it knows the ids from a stream that was deleted since.
      const why = 'it was stored before, and the stream was deleted since';
      return { kind: 'refused', error: new InvalidAppend(append.stream, why) };
    } catch (error) {
      return failureOf(error, append, repeated);
    }
  }

  return {
    async append(append) {
      if (closed) throw new StoreUnavailable('it was closed');
      const settled = settle(prepareAppend(append));
      pending.add(settled);
      try {
        return await settled;
      } finally {
        pending.delete(settled);
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(pending);
    },
  };
}

/** The client serialises data later, in a place where an error is lost: it gets what was serialised already. */
function toEventData({ id, type, data, metadata }: PreparedEvent): JSONEventData {
  return {
    id,
    type,
    contentType: 'application/json',
    data: JSON.parse(data) as Record<string, unknown>,
    metadata: encoder.encode(metadata),
  };
}
