import type { Position, RecordRef, Revision } from '#crm';
import type { Logged } from '#event-store';
import type { QueryContext } from '../queries/query-context.js';
import { type History, isShown, readNewest } from './history-reading.js';
import { eventsAt, newestLinks, originsOf } from './linked-events.js';
import type { TimelinePlace } from './timeline-cursor.js';
import type { TimelineLink } from './timeline-link.js';

export interface TimelineEvents {
  /** Newest first. */
  readonly events: readonly Logged[];
  /** Through which record an event of another stream came here, by position, where that is another than the one told of. */
  readonly origins: ReadonlyMap<Position, RecordRef>;
  /** Absent when everything was shown. */
  readonly next?: TimelinePlace;
}

/** Whose history is read. */
export interface About {
  readonly streams: readonly string[];
  /** Keys of the records and activities of which events of other streams take part. */
  readonly keys: readonly string[];
  /** The record told of, when it is a record's. */
  readonly own?: RecordRef;
}

type Known = { readonly position: Position; readonly event?: Logged; readonly link?: TimelineLink };

/**
 * A page of all events of some streams and about some records, newest first: the streams read backwards, and events of other streams by
 * their links, merged by position. It costs the same however long the histories are, and of many histories it reads a few events each.
 */
export async function readTimelineEvents(
  context: QueryContext,
  about: About,
  limit: number,
  place: TimelinePlace | undefined,
): Promise<TimelineEvents> {
  const histories = historiesOf(about, place);
  const [, links] = await Promise.all([
    readNewest(context, histories, limit + 1),
    newestLinks(context, about.keys, limit + 1, place?.before),
  ]);
  const all: readonly Known[] = [
    ...histories.flatMap(({ read }) =>
      read.filter(isShown).map((event) => ({ position: event.position, event })),
    ),
    ...links.map((link) => ({ position: link.position, link })),
  ];
  const merged = all.toSorted((a, b) => b.position - a.position);
  const page = merged.slice(0, limit);
  const shown = await told(context, about, page);
  const last = page.at(-1);
  if (!last || merged.length <= limit) return shown;
  const revisions = new Map<string, Revision>();
  for (const { stream, read } of histories) {
    const rest = read.find(({ position }) => position < last.position);
    if (rest) revisions.set(stream, rest.revision);
  }
  return { ...shown, next: { revisions, before: last.position } };
}

/** Streams that were shown to their first event are not in the place. */
function historiesOf({ streams }: About, place: TimelinePlace | undefined): readonly History[] {
  if (!place) return streams.map((stream) => ({ stream, read: [], done: false }));
  return [...place.revisions].map(([stream, next]) => ({ stream, read: [], next, done: false }));
}

async function told(
  context: QueryContext,
  { own }: About,
  page: readonly Known[],
): Promise<Omit<TimelineEvents, 'next'>> {
  const links = page.flatMap(({ link }) => link ?? []);
  const [linked, origins] = await Promise.all([
    eventsAt(context, links),
    own ? originsOf(context, own, links) : new Map<Position, RecordRef>(),
  ]);
  const byPosition = new Map(linked.map((event) => [event.position, event]));
  const events = page.flatMap(({ event, position }) => event ?? byPosition.get(position) ?? []);
  return { events, origins };
}
