import { type Locale, type RecordRef, type RecordType, recordStream, refOf, type Uuid } from '#crm';
import { type Access, limitOf, type Paging, type QueryContext } from '../queries/query-context.js';
import { recordsBehind } from '../queries/records-behind.js';
import type { RecordDocument } from '../records/record-document.js';
import { recordKey } from '../records/record-key.js';
import { entryOf } from './entry-of.js';
import { namesFor } from './names.js';
import { readPlace, writePlace } from './timeline-cursor.js';
import type { TimelineEntry } from './timeline-entry.js';
import { readTimelineEvents, type TimelineEvents } from './timeline-events.js';

interface Reader {
  readonly locale: Locale;
  /** What the caller may see of other records: names of those hidden are left out. */
  readonly accessTo: (type: RecordType) => Access;
}

export interface ReadTimeline extends Paging, Reader {
  /** The record as the caller was found to see it. */
  readonly record: RecordDocument;
}

export interface ReadActivityTimeline extends Paging, Reader {
  /** The activity, which the caller was found to see. */
  readonly activityId: Uuid;
}

export interface Timeline {
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
  readonly next?: string;
  /** There are more records behind the one than are looked into: see `MOST_BEHIND`. */
  readonly incomplete?: true;
}

/**
 * A page of a record's history (PRODUCT.md P8): its own events, those of the records behind it (merged into it, or that it
 * came from by conversion), and those of activities linked to any of them and of reminders. A page costs the same however long the histories are.
 * @throws InvalidQuery the limit or the cursor
 */
export async function readTimeline(context: QueryContext, query: ReadTimeline): Promise<Timeline> {
  const { record, cursor } = query;
  const limit = limitOf(query);
  const { refs, incomplete } = await recordsBehind(context, record);
  const own = refOf(record);
  const records: readonly RecordRef[] = [own, ...refs];
  const streams = records.map(({ type, id }) => recordStream(type, id));
  const place = cursor === undefined ? undefined : readPlace(cursor, streams);
  const about = { streams, keys: records.map(recordKey), own };
  const { next, ...found } = await readTimelineEvents(context, about, limit, place);
  return {
    entries: await tell(context, found, query, record),
    ...(next && { next: writePlace(next, streams) }),
    ...(incomplete && { incomplete: true }),
  };
}

/**
 * A page of an activity's own history, with the reminders of it.
 * @throws InvalidQuery the limit or the cursor
 */
export async function readActivityTimeline(
  context: QueryContext,
  query: ReadActivityTimeline,
): Promise<Timeline> {
  const limit = limitOf(query);
  const activity = { type: 'activity', id: query.activityId } as const;
  const streams = [recordStream(activity.type, activity.id)];
  const place = query.cursor === undefined ? undefined : readPlace(query.cursor, streams);
  const about = { streams, keys: [recordKey(activity)] };
  const { next, ...found } = await readTimelineEvents(context, about, limit, place);
  const entries = await tell(context, found, query);
  return { entries, ...(next && { next: writePlace(next, streams) }) };
}

async function tell(
  context: QueryContext,
  { events, origins }: Omit<TimelineEvents, 'next'>,
  { locale, accessTo }: Reader,
  record?: RecordRef,
): Promise<readonly TimelineEntry[]> {
  const settings = await context.settings();
  const names = await namesFor(context, events, settings, locale, accessTo);
  const told = { settings, names, locale, origins, ...(record && { record }) };
  return events.map((event) => entryOf(event, told));
}
