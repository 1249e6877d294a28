import type { Position, RecordRef } from '#crm';
import type { Logged } from '#event-store';
import { ACTIVITY_LINKS } from '../activities/activity-document.js';
import { REMINDER_LINKS } from '../deadlines/deadline-document.js';
import { inParts } from '../queries/among.js';
import type { QueryContext } from '../queries/query-context.js';
import { recordKey, recordOfKey } from '../records/record-key.js';
import type { TimelineLink } from './timeline-link.js';

/** Where links to events of other streams are. */
const LINKS: readonly string[] = [ACTIVITY_LINKS.name, REMINDER_LINKS.name];

/** Keys of one query: as many as it can take from an index in order. */
const KEYS_AT_ONCE = 200;

/**
 * Where the newest `wanted` events of other streams are that concern some records or an activity: events of activities, reminders.
 * There may be more.
 * @param keys record keys
 */
export async function newestLinks(
  context: QueryContext,
  keys: readonly string[],
  wanted: number,
  before: Position | undefined,
): Promise<readonly TimelineLink[]> {
  const groups = inParts(keys, KEYS_AT_ONCE);
  const found = await Promise.all(
    LINKS.flatMap((links) =>
      groups.map((group) => linksOfGroup(context, links, group, wanted, before)),
    ),
  );
  return [
    ...new Map(
      found
        .flat()
        .reverse()
        .map((link) => [link.position, link]),
    ).values(),
  ];
}

/** An event that concerns several of the records has a row for each, so that a page of rows may hold fewer events than wanted. */
async function linksOfGroup(
  { readStore, models }: QueryContext,
  name: string,
  keys: readonly string[],
  wanted: number,
  before: Position | undefined,
): Promise<readonly TimelineLink[]> {
  const collection = models.live(name);
  const sort = [{ field: 'position', direction: 'descending' }] as const;
  const links = new Map<Position, TimelineLink>();
  for (let below = before; links.size < wanted; ) {
    const filter = {
      recordKey: { $in: keys },
      ...(below !== undefined && { position: { $lt: below } }),
    };
    const { documents } = await readStore.find<TimelineLink>(collection, {
      ...{ filter, sort, limit: wanted },
    });
    // The first is kept, whatever page its others are on: the same in pages of any size.
    for (const link of documents) if (!links.has(link.position)) links.set(link.position, link);
    below = documents.at(-1)?.position;
    if (documents.length < wanted) break;
  }
  return [...links.values()];
}

/** The events that links point at. */
export async function eventsAt(
  { log }: QueryContext,
  links: readonly TimelineLink[],
): Promise<readonly Logged[]> {
  const slices = await Promise.all(
    links.map(({ stream, revision }) => log.readStream({ stream, from: revision, limit: 1 })),
  );
  return slices.flatMap(({ events }) => events);
}

/** Through which record each event came to the timeline of `own`, by position; those that concern it itself are left out. */
export async function originsOf(
  { readStore, models }: QueryContext,
  own: RecordRef,
  links: readonly TimelineLink[],
): Promise<ReadonlyMap<Position, RecordRef>> {
  const foreign = links.filter((link) => link.recordKey !== recordKey(own));
  if (foreign.length === 0) return new Map();
  const idOf = ({ position }: TimelineLink) => `${recordKey(own)}@${position}`;
  const loaded = await Promise.all(
    LINKS.map((name) => readStore.load(models.live(name), foreign.map(idOf))),
  );
  const direct = new Set(loaded.flatMap((found) => [...found.keys()]));
  return new Map(
    foreign.flatMap((link) => {
      const record = direct.has(idOf(link)) ? undefined : recordOfKey(link.recordKey);
      return record ? [[link.position, record] as const] : [];
    }),
  );
}
