import type { Filter } from './filters.js';
import type { GrpcCall } from './grpc-call.js';
import type { Log, Recorded } from './log.js';
import { eventMessage, type Shape } from './read-messages.js';
import type { From } from './read-stream.js';
import { sendAll } from './sending.js';
import { OK, type Status } from './status.js';

export interface AllRead {
  /** A commit position: forwards its event is included, backwards it is not. */
  readonly from: From;
  readonly backwards: boolean;
  readonly count: number;
  readonly filter: Filter | undefined;
  readonly shape: Shape;
}

const FAILED: Status = { code: 2, details: 'Unexpected ReadAllResult: Error' };

export async function readAll(call: GrpcCall, log: Log, read: AllRead): Promise<void> {
  const { from, backwards, count, filter, shape } = read;
  // The genuine server looks for ever.
  if (count === 0 || filter?.window === 0) return;
  if (typeof from === 'number' && !readable(log, from, backwards)) return call.end(FAILED);
  await sendAll(call, found(log, read), (event) => eventMessage(log, event, shape));
  call.end(OK);
}

function readable(log: Log, from: number, backwards: boolean): boolean {
  return log.isRecord(from) && !(backwards && from > log.end);
}

function* found(log: Log, { from, backwards, count, filter }: AllRead): Generator<Recorded> {
  const step = backwards ? -1 : 1;
  const start = indexOf(log, from);
  let left = count;
  for (let at = backwards ? start - 1 : start; left > 0; at += step) {
    const event = log.events[at];
    if (!event) return;
    if (filter && !filter.matches(event)) continue;
    left -= 1;
    yield event;
  }
}

/** Index of the first event at or after where a read begins. */
export function indexOf(log: Log, from: From): number {
  if (from === 'start') return 0;
  return from === 'end' ? log.events.length : log.indexOf(from);
}
