import type { Position } from '#crm';
import { type EventLog, logPages } from '#event-store';
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
  signal?.throwIfAborted();
  let state = report.initial();
  let events = 0;
  const { prefixes } = report;
  const pages = logPages(log, { upTo: end, prefixes, size: batchSize, sealed: true });
  for await (const page of pages) {
    for (const event of page) state = report.evolve(state, event);
    events += page.length;
    progress?.({ position: page.at(-1)?.position ?? end, events });
    signal?.throwIfAborted();
  }
  return { table: report.table(state), position: end, events };
}
