import { type Locale, type RecordRef, type RecordType, recordStream } from '#crm';
import { keysWithOrigins } from '../queries/around-record.js';
import { type Access, limitOf, type Paging, type QueryContext } from '../queries/query-context.js';
import type { RecordDocument } from '../records/record-document.js';
import { recordOfKey } from '../records/record-key.js';
import { entryOf } from './entry-of.js';
import { namesFor } from './names.js';
import { readPlace, writePlace } from './timeline-cursor.js';
import type { TimelineEntry } from './timeline-entry.js';
import { readTimelineEvents } from './timeline-events.js';

export interface ReadTimeline extends Paging {
  /** The record as the caller was found to see it. */
  readonly record: RecordDocument;
  readonly locale: Locale;
  /** What the caller may see of other records: names of those hidden are left out. */
  readonly accessTo: (type: RecordType) => Access;
}

export interface Timeline {
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
  readonly next?: string;
}

/**
 * A page of a record's history (PRODUCT.md P8): its own events, those of the records that it came from by conversion, and those of
 * activities linked to any of them. A page costs the same however long the history is.
 * @throws InvalidQuery the limit or the cursor
 */
export async function readTimeline(context: QueryContext, query: ReadTimeline): Promise<Timeline> {
  const { record, locale, accessTo, cursor } = query;
  const limit = limitOf(query);
  const records = keysWithOrigins(record).flatMap((key): readonly RecordRef[] => {
    const ref = recordOfKey(key);
    return ref ? [ref] : [];
  });
  const streams = new Set(records.map(({ type, id }) => recordStream(type, id)));
  const place = cursor === undefined ? undefined : readPlace(cursor, streams);
  const { events, next } = await readTimelineEvents(context, records, limit, place);
  const settings = await context.settings();
  const names = await namesFor(context, events, settings, locale, accessTo);
  const entries = events.map((event) => entryOf(event, { settings, names, locale, record }));
  return { entries, ...(next && { next: writePlace(next) }) };
}
