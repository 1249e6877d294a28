import type { Page, SortKey } from '#read-store';
import { ACTIVITIES, type ActivityDocument } from '../activities/activity-document.js';
import { NOTES, type NoteDocument } from '../notes/note-projection.js';
import type { RecordDocument } from '../records/record-document.js';
import { recordKey } from '../records/record-key.js';
import { limitOf, type Paging, type QueryContext } from './query-context.js';

/** Records that one came from are looked into too, the latest of them. */
const MOST_ORIGINS = 50;

/** The record itself and the records that it came from: what is on those belongs to it as well (PRODUCT.md P2). */
export function keysWithOrigins({ type, id, origins }: RecordDocument): readonly string[] {
  const keys = [{ type, id }, ...[...origins].reverse()].map(recordKey);
  return [...new Set(keys)].slice(0, MOST_ORIGINS + 1);
}

/** Notes of a record and of those it came from, newest first. */
export async function listNotes(
  { readStore, models }: QueryContext,
  query: Paging & { readonly record: RecordDocument },
): Promise<Page<NoteDocument>> {
  const { record, cursor } = query;
  return readStore.find<NoteDocument>(models.live(NOTES.name), {
    filter: { homeKey: { $in: keysWithOrigins(record) } },
    sort: newestFirst('at'),
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
}

/** Activities of a record and of those it came from, by due time, the latest first. */
export async function listActivitiesOf(
  { readStore, models }: QueryContext,
  query: Paging & { readonly record: RecordDocument },
): Promise<Page<ActivityDocument>> {
  const { record, cursor } = query;
  return readStore.find<ActivityDocument>(models.live(ACTIVITIES.name), {
    filter: { linkKeys: { $in: keysWithOrigins(record) }, status: { $ne: 'deleted' } },
    sort: newestFirst('dueAt'),
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
}

export function newestFirst(field: string): readonly SortKey[] {
  return [{ field, direction: 'descending' }];
}
