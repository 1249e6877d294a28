import type { Position } from '#crm';
import type { Logged } from '#event-store';
import { UnknownPosition } from '#event-store';
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
 */
export async function readHistoryEvents(
  { log }: QueryContext,
  query: HistoryEvents,
): Promise<EventPage> {
  const { after = -1, types, prefixes, personal } = query;
  const limit = limitOf(query);
  if (!Number.isSafeInteger(after) || after < -1) {
    throw new InvalidQuery('after', 'it is a position');
  }
  // From the last one known, which comes again: a position that no event has, a store may not read from.
  const read = await log
    .readAll({
      ...(after >= 0 && { from: after }),
      limit: limit + 1,
      ...(prefixes && prefixes.length > 0 && { prefixes }),
      sealed: !personal,
    })
    .catch(asInvalidQuery);
  const events = read.filter(({ position }) => position > after).slice(0, limit);
  const wanted = types && types.length > 0 ? new Set(types) : undefined;
  return {
    events: events.filter(
      ({ type, stream }) => (wanted?.has(type) ?? true) && !stream.startsWith(KEY_PREFIX),
    ),
    position: events.at(-1)?.position ?? after,
    more: read.length > limit,
  };
}

function asInvalidQuery(error: unknown): never {
  if (error instanceof UnknownPosition)
    throw new InvalidQuery('after', 'it is no event’s position');
  throw error;
}
