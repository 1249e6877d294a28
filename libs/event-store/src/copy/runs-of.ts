import { type Append, MAX_APPEND_BYTES, type StoredEvent } from '../event-store.port.js';

/** Events of one append: what many readers of a server take at once without being dropped. */
const MOST_EVENTS = 100;

/**
 * Events of a log, in order, as the fewest appends that store them in the same order: one for each run of events of one stream.
 * Metadata counts as data does, though no store counts it: a message with both has its limit too.
 */
export function runsOf(events: readonly StoredEvent[]): readonly Append[] {
  const runs: { stream: string; first: StoredEvent; events: StoredEvent[]; bytes: number }[] = [];
  for (const event of events) {
    const bytes = bytesOf(event);
    const run = runs.at(-1);
    const fits =
      run?.stream === event.stream &&
      run.events.length < MOST_EVENTS &&
      run.bytes + bytes <= MAX_APPEND_BYTES;
    if (run && fits) {
      run.events.push(event);
      run.bytes += bytes;
    } else runs.push({ stream: event.stream, first: event, events: [event], bytes });
  }
  return runs.map(({ stream, first, events: own }) => ({
    stream,
    expected: first.revision === 0 ? 'no_stream' : first.revision - 1,
    events: own.map(({ id, type, data, metadata }) => ({ id, type, data, metadata })),
  }));
}

function bytesOf({ data, metadata }: StoredEvent): number {
  return Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));
}
