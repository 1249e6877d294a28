import { PLURALS, type RecordType } from '#crm';
import { FILTER_LIMITS } from '#read-store';
import type { RecordDocument } from '../records/record-document.js';
import { STANDING } from './list-records.js';
import { type Access, maySee, type QueryContext, within } from './query-context.js';

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

export interface FindSharing {
  readonly type: RecordType;
  /** Match keys as text (`keyText`). */
  readonly keys: readonly string[];
  /** For each key, at most. */
  readonly most: number;
}

/**
 * Records that share one of many keys, whoever may see them, by id: for looking up what many callers ask for at once. The
 * caller of this shows nobody what `isShownTo` does not allow.
 */
export async function findSharing(
  { readStore, models }: QueryContext,
  { type, keys, most }: FindSharing,
): Promise<ReadonlyMap<string, RecordDocument>> {
  const lookUp = { field: 'keys', elements: keys, most };
  return readStore.lookUp<RecordDocument>(models.live(PLURALS[type]), lookUp);
}

/** Whether a record stands and the caller may see it. */
export function isShownTo(access: Access, document: RecordDocument): boolean {
  return document.status !== 'deleted' && document.status !== 'merged' && maySee(access, document);
}
