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
  let position: Position = -1;
  let events = 0;
  for (;;) {
    signal?.throwIfAborted();
    const batch = await log.readAll({
      from: position + 1,
      limit: batchSize,
      prefixes: report.prefixes,
      sealed: true,
    });
    for (const event of batch) {
      if (event.position > end) break;
      state = report.evolve(state, event);
      events += 1;
    }
    position = batch.at(-1)?.position ?? end;
    progress?.({ position: Math.min(position, end), events });
    if (batch.length < batchSize || position >= end) break;
  }
  return { table: report.table(state), position: end, events };
}
