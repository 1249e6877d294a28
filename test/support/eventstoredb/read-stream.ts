import type { GrpcCall } from './grpc-call.js';
import type { Log, Recorded } from './log.js';
import { streams } from './messages.js';
import { eventMessage, notFoundMessage, type Shape } from './read-messages.js';
import { sendAll } from './sending.js';
import { OK, type Status, streamDeleted } from './status.js';
import { visibleStream } from './visible.js';

/** `start`, `end`, or a revision or position. */
export type From = 'start' | 'end' | number;

export interface StreamRead {
  readonly stream: string;
  readonly from: From;
  readonly backwards: boolean;
  readonly count: number;
  readonly shape: Shape;
  /** Whether the client understands what names the ends of the stream. */
  readonly tellEnds: boolean;
}

const FAILED: Status = { code: 2, details: 'Unexpected ReadStreamResult: Error' };

export async function readStream(call: GrpcCall, log: Log, read: StreamRead): Promise<void> {
  const { stream, from, backwards, count } = read;
  if (log.isTombstoned(stream)) return call.end(streamDeleted(stream));
  const beyondAll = typeof from === 'number' && from > Number.MAX_SAFE_INTEGER;
  if (count === 0 || (!backwards && (from === 'end' || beyondAll))) return call.end(FAILED);
  const visible = visibleStream(log, stream);
  if (!visible) {
    call.send(notFoundMessage(stream));
    return call.end(OK);
  }
  const last = visible.events.length - 1;
  if (backwards) {
    const start = from === 'end' ? last : Math.min(from === 'start' ? 0 : from, last);
    const end = Math.max(visible.first, start - count + 1);
    const found = start < end ? [] : visible.events.slice(end, start + 1).reverse();
    await give(call, log, read, found);
  } else {
    const asked = from === 'start' ? 0 : (from as number);
    const within = Math.max(asked, visible.first);
    // The server looks at `count` revisions; when all of them are hidden it goes on where the first readable one is.
    const skipped = within > last ? asked !== last + 1 : within >= asked + count;
    if (skipped && read.tellEnds) tell(call, 'first', Math.min(within, last + 1));
    const end = skipped ? within + count : asked + count;
    await give(call, log, read, visible.events.slice(within, end));
  }
  if (read.tellEnds) tell(call, 'last', last);
  call.end(OK);
}

async function give(
  call: GrpcCall,
  log: Log,
  { shape }: StreamRead,
  events: readonly Recorded[],
): Promise<void> {
  await sendAll(call, events, (event) => eventMessage(log, event, shape));
}

function tell(call: GrpcCall, which: 'first' | 'last', revision: number): void {
  const response = new streams.ReadResp();
  if (which === 'first') response.setFirstStreamPosition(String(revision));
  else response.setLastStreamPosition(String(revision));
  call.send(response);
}
