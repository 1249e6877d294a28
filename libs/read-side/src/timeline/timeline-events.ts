import type { Position, RecordRef, Revision } from '#crm';
import type { Logged } from '#event-store';
import { TIMELINE_LINKS, type TimelineLink } from '../activities/activity-document.js';
import type { QueryContext } from '../queries/query-context.js';
import { recordKey } from '../records/record-key.js';
import { recordNameIn } from './phrases/phrases.js';
import type { TimelinePlace } from './timeline-cursor.js';

export interface TimelineEvents {
  /** Newest first. */
  readonly events: readonly Logged[];
  /** Absent when everything was shown. */
  readonly next?: TimelinePlace;
}

const HIDDEN: ReadonlySet<string> = new Set(['MergeReserved', 'MergeReservationReleased']);

/** Whose history is read. */
export interface About {
  readonly streams: readonly string[];
  /** Records of which activities take part. */
  readonly records: readonly RecordRef[];
}

/**
 * A page of all events of some streams and about some records, newest first: the streams read backwards, and events of activities by
 * their links, merged by position. It reads a page from each, so that it costs the same however long the histories are.
 */
export async function readTimelineEvents(
  context: QueryContext,
  about: About,
  limit: number,
  place: TimelinePlace | undefined,
): Promise<TimelineEvents> {
  const streams = about.streams.map((stream) => [stream, place?.revisions.get(stream)] as const);
  const histories = await Promise.all(
    streams.map(([stream, from]) => backwards(context, stream, from, limit + 1)),
  );
  const linked = await linkedEvents(context, about.records, limit + 1, place?.before);
  const before = place?.before ?? Number.POSITIVE_INFINITY;
  const all = new Map<Position, Logged>();
  for (const event of [...histories.flat(), ...linked]) {
    // Of a stream that was shown to its end the newest events come again.
    if (event.position < before) all.set(event.position, event);
  }
  const merged = [...all.values()].sort((a, b) => b.position - a.position);
  const events = merged.slice(0, limit);
  const last = events.at(-1);
  if (!last || merged.length <= limit) return { events };
  const revisions = new Map<string, Revision>();
  for (const [index, [stream]] of streams.entries()) {
    const rest = histories[index]?.find(({ position }) => position < last.position);
    if (rest) revisions.set(stream, rest.revision);
  }
  return { events, next: { revisions, before: last.position } };
}

/** The newest events that people are shown, from a revision on. */
async function backwards(
  { log }: QueryContext,
  stream: string,
  from: Revision | undefined,
  limit: number,
): Promise<readonly Logged[]> {
  const shown: Logged[] = [];
  for (let start = from; shown.length < limit && (start ?? 0) >= 0; ) {
    const at = start === undefined ? {} : { from: start };
    const { events } = await log.readStream({ stream, direction: 'backwards', limit, ...at });
    shown.push(...events.filter(({ type }) => !isSilent(type)));
    const last = events.at(-1);
    if (!last || events.length < limit) break;
    start = last.revision - 1;
  }
  return shown.slice(0, limit);
}

/** What only serves the product itself, such as holding a record for a merge. */
function isSilent(type: string): boolean {
  const name = recordNameIn(type);
  return name !== undefined && HIDDEN.has(type.slice(name.length));
}

async function linkedEvents(
  { log, readStore, models }: QueryContext,
  records: readonly RecordRef[],
  limit: number,
  before: Position | undefined,
): Promise<readonly Logged[]> {
  if (records.length === 0) return [];
  const filter = {
    recordKey: { $in: records.map(recordKey) },
    ...(before !== undefined && { position: { $lt: before } }),
  };
  const sort = [{ field: 'position', direction: 'descending' }] as const;
  const collection = models.live(TIMELINE_LINKS.name);
  const page = await readStore.find<TimelineLink>(collection, { filter, sort, limit });
  // The same event may concern several of the records.
  const links = new Map(page.documents.map((link) => [link.position, link]));
  const found = await Promise.all(
    [...links.values()].map(({ stream, revision }) =>
      log.readStream({ stream, from: revision, limit: 1 }),
    ),
  );
  return found.flatMap(({ events }) => events);
}
