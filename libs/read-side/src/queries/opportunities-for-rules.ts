import type { Instant } from '#crm';
import type { Page } from '#read-store';
import type { RecordDocument } from '../records/record-document.js';
import { foldRecord } from '../records/record-fold.js';
import { limitOf, type Paging, type QueryContext } from './query-context.js';

const OPPORTUNITIES = 'opportunities';
/** Streams read at once. */
const READ_AT_ONCE = 20;

/** Open opportunities, the latest first, whoever may see them. @throws InvalidQuery, InvalidCursor */
export function openOpportunities(
  { readStore, models }: QueryContext,
  paging: Paging,
): Promise<Page<RecordDocument>> {
  return readStore.find<RecordDocument>(models.live(OPPORTUNITIES), {
    filter: { status: 'open' },
    sort: [{ field: 'createdAt', direction: 'descending' }],
    limit: limitOf(paging),
    ...(paging.cursor !== undefined && { cursor: paging.cursor }),
  });
}

export interface Arrived extends Paging {
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}

/**
 * Opportunities that arrived within a time, the first first, each as it arrived, whatever became of it and whoever may see it.
 * @throws InvalidQuery, InvalidCursor
 */
export async function arrivedOpportunities(
  context: QueryContext,
  { from, to, ...paging }: Arrived,
): Promise<Page<RecordDocument>> {
  const { readStore, models } = context;
  const page = await readStore.find<RecordDocument>(models.live(OPPORTUNITIES), {
    filter: { createdAt: { $gte: from, $lt: to } },
    sort: [{ field: 'createdAt', direction: 'ascending' }],
    limit: limitOf(paging),
    ...(paging.cursor !== undefined && { cursor: paging.cursor }),
  });
  const documents: RecordDocument[] = [];
  for (let at = 0; at < page.documents.length; at += READ_AT_ONCE) {
    const asked = page.documents.slice(at, at + READ_AT_ONCE);
    const arrived = await Promise.all(asked.map(({ id }) => asArrived(context, id)));
    documents.push(...arrived.filter((one) => one !== undefined));
  }
  return { ...page, documents };
}

async function asArrived({ log }: QueryContext, id: string): Promise<RecordDocument | undefined> {
  const { events } = await log.readStream({ stream: `opportunity-${id}`, limit: 1 });
  return foldRecord('opportunity', id, events);
}
