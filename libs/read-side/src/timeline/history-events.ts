import type { Position } from '#crm';
import { BEFORE_FIRST, type Logged } from '#event-store';
import { InvalidQuery, limitOf, type Paging, type QueryContext } from '../queries/query-context.js';

export interface HistoryEvents extends Pick<Paging, 'limit'> {
  /** The last position already known; left out: from the beginning. */
  readonly after?: Position;
  readonly types?: readonly string[];
  /** Only streams whose name starts with one of these: `lead-`. */
  readonly prefixes?: readonly string[];
  /** Opens personal parts; for callers with the right. */
  readonly personal: boolean;
}

export interface EventPage {
  readonly events: readonly Logged[];
  /** Everything up to here was looked at: go on `after` it. */
  readonly position: Position;
  /** False when the end of the log was reached. */
  readonly more: boolean;
}

/** Streams that are told to nobody: they hold hashes of match keys. */
const KEY_PREFIX = 'key-';

/**
 * A page of the event feed, oldest first (PRODUCT.md P8). With `types` a page may be short, even empty, and still have more.
 * @throws InvalidQuery
 * @throws UnknownPosition `after` is none that the log gave, and the store cannot go on from there
 */
export async function readHistoryEvents(
  { log }: QueryContext,
  query: HistoryEvents,
): Promise<EventPage> {
  const { after = BEFORE_FIRST, types, prefixes, personal } = query;
  const limit = limitOf(query);
  if (!Number.isSafeInteger(after) || after < BEFORE_FIRST) {
    throw new InvalidQuery('after', 'it is a position');
  }
  // From the one already known, since not every store can read from a position that it never gave.
  const known = after === BEFORE_FIRST ? {} : { from: after };
  const read = await log.readAll({
    ...known,
    limit: limit + 1,
    ...(prefixes && prefixes.length > 0 && { prefixes }),
    sealed: !personal,
  });
  const events = read.filter(({ position }) => position > after).slice(0, limit);
  const wanted = types && types.length > 0 ? new Set(types) : undefined;
  return {
    events: events.filter(
      ({ type, stream }) => (wanted?.has(type) ?? true) && !stream.startsWith(KEY_PREFIX),
    ),
    position: events.at(-1)?.position ?? after,
    more: events.length === limit,
  };
}
