import type { Position } from '#crm';
import type { Decoding, EventLog, Logged } from './event-log.port.js';
import { BEFORE_FIRST, type ReadAll } from './event-store.port.js';

export interface LogPages {
  /** Exclusive. Default: from the beginning. */
  readonly after?: Position;
  /** Inclusive. Default: as far as the log goes. */
  readonly upTo?: Position;
  /** Default: all streams. */
  readonly prefixes?: readonly string[];
  /** Most events of a page. */
  readonly size: number;
  /** Leaves personal parts sealed. */
  readonly sealed?: boolean;
}

/** What pages are read from: the log, or a store as it is. */
interface Readable<Event> {
  readAll(read: ReadAll & Decoding): Promise<readonly Event[]>;
}

/** The log page by page, none of them empty. Positions are the store's own: a page is asked for from the last one seen, which comes again. */
export async function* logPages<Event extends { readonly position: Position } = Logged>(
  log: Readable<Event>,
  {
    after = BEFORE_FIRST,
    upTo = Number.POSITIVE_INFINITY,
    prefixes,
    size,
    sealed = false,
  }: LogPages,
): AsyncGenerator<readonly Event[], void, undefined> {
  const among = prefixes ? { prefixes } : {};
  let seen = after;
  for (;;) {
    const start = seen > BEFORE_FIRST ? { from: seen } : {};
    const limit = 'from' in start ? size + 1 : size;
    const read = await log.readAll({ ...start, ...among, limit, sealed });
    const fresh = read.filter(({ position }) => position > seen && position <= upTo);
    if (fresh.length > 0) yield fresh;
    const last = read.at(-1)?.position ?? upTo;
    if (read.length < limit || last >= upTo) return;
    seen = last;
  }
}

/** What is folded in memory from some streams, as far as the log was read. */
export interface LogFollower {
  /** The last position taken in, `BEFORE_FIRST` before any. */
  position(): Position;
  /** Takes in what has happened up to now; one after another when called at once. */
  refresh(): Promise<void>;
}

const PAGE = 1_000;

/** Hands events of some streams to `take`, each once and in order, whenever it is refreshed. */
export function createLogFollower(
  log: Pick<EventLog, 'readAll'>,
  prefixes: readonly string[],
  take: (event: Logged) => void,
): LogFollower {
  let position = BEFORE_FIRST;
  let refreshing: Promise<void> = Promise.resolve();
  async function catchUp(): Promise<void> {
    for await (const events of logPages(log, { after: position, prefixes, size: PAGE })) {
      for (const event of events) {
        take(event);
        position = event.position;
      }
    }
  }
  return {
    position: () => position,
    refresh() {
      refreshing = refreshing.then(catchUp, catchUp);
      return refreshing;
    },
  };
}
