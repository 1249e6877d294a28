import { behindOf, PLURALS, RECORD_TYPES } from '#crm';
import type { Page, SortKey } from '#read-store';
import { ACTIVITIES, type ActivityDocument } from '../activities/activity-document.js';
import { NOTES, type NoteDocument } from '../notes/note-projection.js';
import type { RecordDocument } from '../records/record-document.js';
import { recordKey, recordOfKey } from '../records/record-key.js';
import { limitOf, type Paging, type QueryContext } from './query-context.js';

/**
 * Records behind one are looked into too, the latest of them: as many as one filter may name beside the record itself. Four merges of the
 * most records that one merge takes do not reach it.
 */
export const MOST_BEHIND = 199;

/**
 * The record itself and those behind it: what was merged into it, what those stood for, and what it came from by conversion. What is on
 * those belongs to it as well (PRODUCT.md P2, P3).
 */
export function keysBehind({
  type,
  id,
  origins,
  absorbed = [],
}: RecordDocument): readonly string[] {
  const behind = behindOf({ absorbed, origins }).map(recordKey).reverse();
  return [...new Set([recordKey({ type, id }), ...behind])].slice(0, MOST_BEHIND + 1);
}

/** The records behind one, whoever may see them, in one batch for each record type. */
export async function recordsBehind(
  { readStore, models }: QueryContext,
  record: RecordDocument,
): Promise<readonly RecordDocument[]> {
  const refs = keysBehind(record)
    .slice(1)
    .flatMap((key) => recordOfKey(key) ?? []);
  const found = await Promise.all(
    RECORD_TYPES.map(async (type) => {
      const ids = refs.filter((ref) => ref.type === type).map(({ id }) => id);
      if (ids.length === 0) return [];
      const stored = await readStore.load(models.live(PLURALS[type]), ids);
      return [...stored.values()].map(({ document }) => document as RecordDocument);
    }),
  );
  return found.flat();
}

/** Notes of a record and of those behind it, newest first. */
export async function listNotes(
  { readStore, models }: QueryContext,
  query: Paging & { readonly record: RecordDocument },
): Promise<Page<NoteDocument>> {
  const { record, cursor } = query;
  return readStore.find<NoteDocument>(models.live(NOTES.name), {
    filter: { homeKey: { $in: keysBehind(record) } },
    sort: newestFirst('at'),
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
}

/** Activities of a record and of those behind it, by due time, the latest first. */
export async function listActivitiesOf(
  { readStore, models }: QueryContext,
  query: Paging & { readonly record: RecordDocument },
): Promise<Page<ActivityDocument>> {
  const { record, cursor } = query;
  return readStore.find<ActivityDocument>(models.live(ACTIVITIES.name), {
    filter: { linkKeys: { $in: keysBehind(record) }, status: { $ne: 'deleted' } },
    sort: newestFirst('dueAt'),
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
}

export function newestFirst(field: string): readonly SortKey[] {
  return [{ field, direction: 'descending' }];
}
