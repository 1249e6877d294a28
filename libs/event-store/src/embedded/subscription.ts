import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Position } from '#crm';
import { BEFORE_FIRST, type EventBatch, type Subscribe } from '../event-store.port.js';
import type { Changes } from './changes.js';
import type { LogScan } from './log-scan.js';

const DEFAULT_BATCH = 500;

/**
 * Reads on from the checkpoint whenever it is asked for more, so that catching up and being live are the same read, and
 * nothing is kept for a consumer that does not ask.
 */
export async function* subscribe(
  { after = BEFORE_FIRST, prefixes, batchSize = DEFAULT_BATCH }: Subscribe,
  scan: LogScan,
  changes: Changes,
  ended: AbortSignal,
): AsyncGenerator<EventBatch, void, undefined> {
  let checkpoint: Position = after;
  let saidLive = false;
  while (!ended.aborted) {
    const { events, reached, atEnd } = scan('forwards', checkpoint + 1, batchSize, prefixes);
    const moved = reached > checkpoint && reached > 0;
    if (moved) checkpoint = reached;
    if (moved || (atEnd && !saidLive)) {
      saidLive ||= atEnd;
      yield { events, checkpoint, live: atEnd };
      if (!atEnd) await nextTurn();
    } else {
      // Nothing can have come since the scan: there was no turn in between.
      await changes.wait(ended);
    }
  }
}
