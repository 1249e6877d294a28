import { BACKWARDS, END, type EventStoreDBClient, FORWARDS } from '@eventstore/db-client';
import type { Position } from '#crm';
import { UnknownPosition } from '../errors.js';
import { BEFORE_FIRST, type ReadAll, type StoredEvent } from '../event-store.port.js';
import { Code, codeOf } from './client-errors.js';
import { openFeed } from './feed.js';
import { type Start, startAt, toPosition } from './positions.js';
import { checkWhole, eachEvent, type ReadEvent, withPatience } from './reading.js';
import { isOrdinary, toStoredEvent } from './stored-events.js';

export interface AllReader {
  readAll(read: ReadAll): Promise<readonly StoredEvent[]>;
  head(): Promise<Position>;
  /** The same, tried once. */
  probe(): Promise<Position>;
  /**
   * Where a subscription without events of its own stands: the last position before the next event that it wants, or that of
   * the log's last event.
   */
  passed(after: Position, prefixes: readonly string[] | undefined): Promise<Position>;
}

/** Events asked for at once where what is wanted is rare. */
const LARGEST_PAGE = 1_000;
const SCAN_WINDOW = 500;

/** @param ms longest time without an answer */
export function createAllReader(client: EventStoreDBClient, ms: number): AllReader {
  /** Pages of `$all` from its end or before a position, sifted here: the client's `readAll` sends no filter. */
  async function sift(
    start: Start,
    limit: number,
    wanted: (event: ReadEvent) => boolean,
  ): Promise<ReadEvent[]> {
    const found: ReadEvent[] = [];
    let from = start;
    for (let page = limit; ; page = Math.min(2 * page, LARGEST_PAGE)) {
      let given = 0;
      const options = { direction: BACKWARDS, maxCount: page, requiresLeader: true } as const;
      await eachEvent(client.readAll({ ...options, fromPosition: from }), ms, (event) => {
        given += 1;
        from = event.position ?? from;
        if (wanted(event)) found.push(event);
        return found.length === limit;
      });
      if (given < page || found.length === limit) return found;
    }
  }

  /**
   * The event at a position, if it is wanted; undefined when the log does not reach so far.
   *
   * @throws UnknownPosition it is within the log, and no event can be read from there
   */
  async function at(
    position: Position,
    wanted: (event: ReadEvent) => boolean,
  ): Promise<ReadEvent[] | undefined> {
    let found: ReadEvent[] | undefined;
    const options = { fromPosition: startAt(position), maxCount: 1, requiresLeader: true } as const;
    try {
      await eachEvent(client.readAll(options), ms, (event) => {
        const isThere = event.position?.commit === BigInt(position);
        found = isThere && wanted(event) ? [event] : [];
        return true;
      });
    } catch (error) {
      if (!isNoRecord(error)) throw error;
      if (position <= (await last(() => true))) throw new UnknownPosition(position);
    }
    return found;
  }

  /** Forwards by a subscription that ends where the log does: only that takes a filter, and finds what is rare. */
  async function scan(
    after: Position,
    limit: number,
    prefixes: readonly string[] | undefined,
  ): Promise<StoredEvent[]> {
    const feed = openFeed(client, { after, prefixes, window: SCAN_WINDOW, size: limit, ms });
    const found: StoredEvent[] = [];
    try {
      while (found.length < limit) {
        const part = await feed.next(limit - found.length);
        found.push(...part.events);
        if (part.caughtUp) break;
      }
      return found;
    } finally {
      feed.close();
    }
  }

  async function readAll(read: ReadAll): Promise<readonly StoredEvent[]> {
    const { direction = FORWARDS, from, limit, prefixes } = read;
    for (const value of [limit, from]) checkWhole(value);
    const wanted = sieve(prefixes);
    const isBackwards = direction === BACKWARDS;
    if (limit <= 0 || prefixes?.length === 0 || (isBackwards && (from ?? 0) < 0)) return [];
    // A subscription does not insist on the leader. This does, and takes the client there.
    const own = await at(from ?? BEFORE_FIRST, wanted);
    const found = (own ?? []).map(toStoredEvent);
    const left = limit - found.length;
    if (left === 0 || (!own && !isBackwards)) return found;
    if (!isBackwards) return [...found, ...(await scan(from ?? BEFORE_FIRST, left, prefixes))];
    const start = from === undefined || !own ? END : startAt(from);
    return [...found, ...(await sift(start, left, wanted)).map(toStoredEvent)];
  }

  async function last(wanted: (event: ReadEvent) => boolean): Promise<Position> {
    const [event] = await sift(END, 1, wanted);
    return event?.position ? toPosition(event.position.commit) : BEFORE_FIRST;
  }

  async function passed(
    after: Position,
    prefixes: readonly string[] | undefined,
  ): Promise<Position> {
    const wanted = sieve(prefixes);
    let reached = after;
    await eachEvent(client.readAll({ fromPosition: startAt(after) }), ms, (event) => {
      const position = toPosition(event.position?.commit ?? 0n);
      if (position > after && wanted(event)) return true;
      reached = Math.max(reached, position);
      return false;
    });
    return reached;
  }

  return {
    readAll: (read) => withPatience(() => readAll(read)),
    head: () => withPatience(() => last(isOrdinary)),
    probe: () => last(isOrdinary),
    passed,
  };
}

function sieve(prefixes: readonly string[] | undefined): (event: ReadEvent) => boolean {
  if (!prefixes) return isOrdinary;
  return (event) =>
    isOrdinary(event) && prefixes.some((prefix) => event.streamId.startsWith(prefix));
}

function isNoRecord(error: unknown): boolean {
  return codeOf(error) === Code.UNKNOWN;
}
