import type { Position } from '#crm';
import type { EventLog } from '#event-store';
import type { Report, Table } from './report.port.js';

export interface ReplayOptions {
  /** Only events up to here, inclusive. Default: the head as the replay starts. */
  readonly upTo?: Position;
  /** Events read at once. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
  /** Called after every batch. */
  readonly progress?: (done: { readonly position: Position; readonly events: number }) => void;
}

export interface Replayed {
  readonly table: Table;
  /** The last position looked at. */
  readonly position: Position;
  readonly events: number;
}

/**
 * Runs a report over the log, batch by batch, with personal parts left sealed. Memory is the report's state and one batch.
 * @throws DOMException `AbortError` when the signal aborts in between
 */
export async function replay<State>(
  log: EventLog,
  report: Report<State>,
  { upTo, batchSize = 2_000, signal, progress }: ReplayOptions = {},
): Promise<Replayed> {
  const end = upTo ?? (await log.head());
  let state = report.initial();
  let position: Position | undefined;
  let events = 0;
  for (;;) {
    signal?.throwIfAborted();
    // Positions are the store's own: the next page starts at the last one seen, which comes again.
    const batch = await log.readAll({
      ...(position !== undefined && { from: position }),
      limit: batchSize,
      prefixes: report.prefixes,
      sealed: true,
    });
    for (const event of batch) {
      if (event.position > end) break;
      if (position !== undefined && event.position <= position) continue;
      state = report.evolve(state, event);
      position = event.position;
      events += 1;
    }
    if (position !== undefined) progress?.({ position, events });
    if (batch.length < batchSize || (batch.at(-1)?.position ?? end) >= end) break;
  }
  return { table: report.table(state), position: end, events };
}
