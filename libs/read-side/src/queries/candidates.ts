import { PLURALS, type RecordType } from '#crm';
import { FILTER_LIMITS } from '#read-store';
import type { RecordDocument } from '../records/record-document.js';
import { STANDING } from './list-records.js';
import { type Access, type QueryContext, within } from './query-context.js';

export interface FindCandidates {
  readonly type: RecordType;
  /** Match keys as text (`keyText`). */
  readonly keys: readonly string[];
  readonly access: Access;
  /** 1 to 1,000. */
  readonly limit: number;
}

/** Records that share one of the keys, the first created first. Only found here: who decides confirms them against their streams. */
export async function findCandidates(
  { readStore, models }: QueryContext,
  { type, keys, access, limit }: FindCandidates,
): Promise<readonly RecordDocument[]> {
  const asked = keys.slice(0, FILTER_LIMITS.values);
  const filter = within(access, { keys: { $in: asked } }, STANDING);
  if (!filter || asked.length === 0) return [];
  const sort = [{ field: 'createdAt', direction: 'ascending' }] as const;
  const page = await readStore.find<RecordDocument>(models.live(PLURALS[type]), {
    filter,
    sort,
    limit,
  });
  return page.documents;
}
