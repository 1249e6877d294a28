import type { Filter } from '#crm';
import type { Page, SortKey } from '#read-store';
import { ACTIVITIES, type ActivityDocument } from '../activities/activity-document.js';
import { NOTES, type NoteDocument } from '../notes/note-projection.js';
import type { RecordDocument } from '../records/record-document.js';
import { among } from './among.js';
import { leadLinksOn } from './lead-links-on.js';
import { limitOf, type Paging, type QueryContext } from './query-context.js';
import { type Behind, keysAround, recordsBehind } from './records-behind.js';

/** A page of what is around a record. */
export interface AroundPage<Doc extends { readonly id: string }> {
  readonly documents: readonly Doc[];
  readonly next?: string;
  /** There are more records behind the one than are looked into: see `MOST_BEHIND`. */
  readonly incomplete?: true;
}

export interface ListAround extends Paging {
  readonly record: RecordDocument;
  /** What is behind it, where that is known already: whoever reads page after page looks it up once. */
  readonly behind?: Behind;
}

export interface ListNotes extends ListAround {
  /** Only those that came with files. */
  readonly withFiles?: boolean;
}

/** Notes of a record and of those behind it, newest first. */
export function listNotes(
  context: QueryContext,
  query: ListNotes,
): Promise<AroundPage<NoteDocument>> {
  const files: Filter = query.withFiles ? { 'attachments.id': { $exists: true } } : {};
  return around<NoteDocument>(context, query, NOTES.name, 'homeKey', 'at', files);
}

/** Activities of a record and of those behind it, by due time, the latest first. */
export async function listActivitiesOf(
  context: QueryContext,
  query: ListAround,
): Promise<AroundPage<ActivityDocument>> {
  const standing: Filter = { status: { $ne: 'deleted' } };
  const name = ACTIVITIES.name;
  const page = await around<ActivityDocument>(context, query, name, 'linkKeys', 'dueAt', standing);
  return { ...page, documents: await leadLinksOn(context, page.documents) };
}

async function around<Doc extends NoteDocument | ActivityDocument>(
  context: QueryContext,
  query: ListAround,
  name: string,
  member: string,
  sort: string,
  wanted: Filter,
): Promise<AroundPage<Doc>> {
  const { readStore, models } = context;
  const { record, cursor } = query;
  const limit = limitOf(query);
  const behind = query.behind ?? (await recordsBehind(context, record));
  const page: Page<Doc> = await readStore.find<Doc>(models.live(name), {
    filter: { ...among(member, keysAround(record, behind)), ...wanted },
    sort: newestFirst(sort),
    limit,
    ...(cursor !== undefined && { cursor }),
  });
  return { ...page, ...(behind.incomplete && { incomplete: true }) };
}

/** A sort by a moment, the latest first. */
export function newestFirst(field: string): readonly SortKey[] {
  return [{ field, direction: 'descending' }];
}
