import {
  type AllStreamResolvedEvent,
  ErrorType,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import { createBackOff } from './back-off.js';
import { asCommandError, Code, codeOf, isBeforeTheCall, NoAnswer } from './client-errors.js';

const { UNAVAILABLE, NOT_LEADER, CANCELLED, TIMEOUT } = ErrorType;
const PASSING = new Set([UNAVAILABLE, NOT_LEADER, CANCELLED, TIMEOUT]);

type Resolved = ResolvedEvent | AllStreamResolvedEvent;
export type ReadEvent = NonNullable<Resolved['event']>;

/** How long a read that fails is tried again: enough for the client to find that the server, or its new leader, is there. */
const PATIENCE_MS = 1_500;
const LONGEST_BACK_OFF_MS = 400;

/**
 * Hands each event of one read to `take`, until it answers true. The client's reads know no deadline.
 *
 * @param ms longest time without an event
 * @throws NoAnswer
 */
export async function eachEvent(
  read: StreamingRead<Resolved>,
  ms: number,
  take: (event: ReadEvent) => boolean,
): Promise<void> {
  const timer = setTimeout(() => read.emit('error', new NoAnswer(ms)), ms);
  try {
    for await (const { event } of read.iterator({
      destroyOnReturn: false,
    }) as AsyncIterable<Resolved>) {
      timer.refresh();
      if (event && take(event)) break;
    }
  } finally {
    clearTimeout(timer);
    abandon(read, read.cancel());
  }
}

interface Abandonable {
  on(event: 'error', listener: (error: Error) => void): unknown;
  removeAllListeners(event: string): unknown;
  resume(): unknown;
}

/** Ends the call behind a read. It is over only when what it has brought is taken: one that is not read stays for ever. */
export function abandon(read: Abandonable, cancelled: Promise<void>): void {
  cancelled.catch(() => {});
  read.on('error', () => {});
  read.removeAllListeners('readable');
  read.resume();
}

/** Reading changes nothing, so it is tried again when the connection or the leader was lost. */
export async function withPatience<Result>(read: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const backOff = createBackOff(LONGEST_BACK_OFF_MS);
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!passes(error) || performance.now() - started > PATIENCE_MS) throw error;
      await backOff.wait();
    }
  }
}

/** Whether it can pass: not a server that does not answer, which would take as long again. */
function passes(error: unknown): boolean {
  if (error instanceof NoAnswer || error instanceof RangeError) return false;
  if (isBeforeTheCall(error)) return codeOf(error) === Code.UNAVAILABLE;
  const type = asCommandError(error)?.type;
  // A call that a server ends as it stops has no status of its own.
  if (type === ErrorType.UNKNOWN) return codeOf(error) === Code.INTERNAL;
  return type !== undefined && PASSING.has(type);
}

/** @throws RangeError */
export function checkWhole(value: number | undefined): void {
  if (value === undefined || Number.isSafeInteger(value)) return;
  throw new RangeError(`${value} is not a whole number.`);
}
