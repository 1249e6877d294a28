import { isToldStream, type Position } from '#crm';
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

/** Events read from the log at once, and most that are looked at for one page. */
const READ_AT_ONCE = 200;
const MOST_READ = 5_000;

/**
 * A page of the event feed, oldest first (PRODUCT.md P8). Where few events are wanted among many, a page may be short,
 * even empty, and still have more.
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
  const wanted = types && types.length > 0 ? new Set(types) : undefined;
  const told = ({ type, stream }: Logged) => (wanted?.has(type) ?? true) && isToldStream(stream);
  const streams = prefixes && prefixes.length > 0 ? { prefixes } : {};
  const events: Logged[] = [];
  let position = after;
  let more = true;
  const atOnce = wanted ? READ_AT_ONCE : limit;
  for (let read = 0; more && events.length < limit && read < MOST_READ; read += atOnce) {
    // From the one already known, since not every store can read from a position that it never gave.
    const known = position === BEFORE_FIRST ? {} : { from: position };
    const found = await log.readAll({
      ...known,
      limit: atOnce + 1,
      ...streams,
      sealed: !personal,
    });
    const page = found.filter((event) => event.position > position).slice(0, atOnce);
    more = page.length === atOnce;
    for (const event of page) {
      if (events.length === limit) {
        more = true;
        break;
      }
      position = event.position;
      if (told(event)) events.push(event);
    }
  }
  return { events, position, more };
}
