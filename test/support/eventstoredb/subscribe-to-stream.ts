import { randomUUID } from 'node:crypto';
import type { GrpcCall } from './grpc-call.js';
import { createLiveSender } from './live-sender.js';
import { type Log, type Recorded, TOMBSTONE } from './log.js';
import { caughtUpMessage, confirmationMessage, eventMessage, type Shape } from './read-messages.js';
import type { From } from './read-stream.js';
import { streamDeleted } from './status.js';
import { visibleStream } from './visible.js';

export interface StreamSubscription {
  readonly stream: string;
  /** Exclusive, when it is a revision. */
  readonly from: From;
  readonly shape: Shape;
}

export function subscribeToStream(
  call: GrpcCall,
  log: Log,
  { stream, from, shape }: StreamSubscription,
) {
  const fromEnd = from === 'end';
  if (log.isTombstoned(stream) && !fromEnd) return call.end(streamDeleted(stream));
  call.send(confirmationMessage(randomUUID()));
  const message = (event: Recorded) => eventMessage(log, event, shape);
  // Events below the asked revision are not given when they come to be.
  let next = typeof from === 'number' ? from + 1 : 0;
  let saidCaughtUp = false;

  void catchUp();

  async function catchUp(): Promise<void> {
    const visible = fromEnd ? undefined : visibleStream(log, stream);
    if (visible) {
      for (let at = Math.max(next, visible.first); at < visible.events.length; at += 1) {
        call.send(message(visible.events[at] as Recorded));
        next = at + 1;
        await call.drained();
        if (call.ended) return;
      }
    }
    // Of a stream that does not exist nothing is said until its first event.
    if (visible || fromEnd) sayCaughtUp();
    goLive();
  }

  function sayCaughtUp(): void {
    saidCaughtUp = true;
    call.send(caughtUpMessage());
  }

  function goLive(): void {
    const live = createLiveSender(call);
    const stop = log.onAppended((events) => {
      for (const event of events) {
        if (event.stream !== stream || event.revision < next) continue;
        live.send(message(event));
        if (event.revision === TOMBSTONE) {
          live.settle();
          call.end(streamDeleted(stream));
        }
      }
      live.settle();
      if (!saidCaughtUp && events.some((event) => event.stream === stream)) sayCaughtUp();
    });
    call.onEnd(stop);
  }
}
