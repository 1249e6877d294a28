import { randomUUID } from 'node:crypto';
import type { Filter } from './filters.js';
import type { GrpcCall } from './grpc-call.js';
import { createLiveSender } from './live-sender.js';
import type { Log, Recorded } from './log.js';
import { indexOf } from './read-all.js';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  type Shape,
} from './read-messages.js';
import type { From } from './read-stream.js';
import { THROWN } from './status.js';

export interface AllSubscription {
  /** Exclusive, when it is a commit position. */
  readonly from: From;
  readonly filter: Filter | undefined;
  readonly shape: Shape;
}

/** Events looked at in one step when nothing is filtered. */
const PAGE = 100;

export function subscribeToAll(call: GrpcCall, log: Log, { from, filter, shape }: AllSubscription) {
  const unreadable = typeof from === 'number' && !log.isRecord(from);
  if (unreadable || filter?.multiplier === 0) return call.end(THROWN);
  call.send(confirmationMessage(randomUUID()));
  const window = filter ? Math.max(1, filter.window) : PAGE;
  const interval = window * (filter?.multiplier ?? Number.POSITIVE_INFINITY);
  const matches = (event: Recorded) => filter?.matches(event) ?? true;
  const message = (event: Recorded) => eventMessage(log, event, shape);
  let next = indexOf(log, from);
  if (typeof from === 'number' && log.events[next]?.position === from) next += 1;
  // Goes on counting from the catch-up into live.
  let scanned = 0;

  void catchUp();

  async function catchUp(): Promise<void> {
    for (;;) {
      const page = log.events.slice(next, next + window);
      next += page.length;
      scanned += page.length;
      let lastMatch: Recorded | undefined;
      for (const event of page) {
        if (!matches(event)) continue;
        lastMatch = event;
        call.send(message(event));
        await call.drained();
        if (call.ended) return;
      }
      // A page that is not full is the last one, unless more has come meanwhile, and gives no checkpoint.
      if (page.length < window) {
        if (next === log.events.length) break;
      } else if (scanned >= interval) {
        scanned %= interval;
        const [first] = page as [Recorded];
        call.send(
          lastMatch
            ? checkpointMessage(lastMatch.position, lastMatch.position)
            : checkpointMessage(first.position, 0),
        );
      }
      await call.drained();
      if (call.ended) return;
    }
    goLive();
  }

  function goLive(): void {
    call.send(caughtUpMessage());
    const live = createLiveSender(call);
    const stop = log.onAppended((events) => {
      for (const event of events) {
        scanned += 1;
        if (matches(event)) live.send(message(event));
        if (scanned < interval) continue;
        scanned = 0;
        live.send(checkpointMessage(event.position, event.position));
      }
      live.settle();
    });
    call.onEnd(stop);
  }
}
