import type { Revision } from '#crm';
import type { BoundedMap } from '../bounded-map.js';
import { OutcomeUnknown, StoreUnavailable, WrongExpectedRevision } from '../errors.js';
import type { Append, Appended } from '../event-store.port.js';
import { type PreparedAppend, prepareAppend } from '../prepare-append.js';
import { type Database, lastPosition } from './database.js';
import { COLUMNS, checksumOf } from './event-rows.js';
import { asStoreError, errorCode } from './store-errors.js';

interface Waiting {
  readonly append: PreparedAppend;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

export interface Appender {
  append(append: Append): Promise<Appended>;
  /**
   * Stores appends in this order in a transaction of their own: all or none.
   * @throws WrongExpectedRevision the first that is refused
   */
  appendTogether(appends: readonly Append[]): void;
  /** Position of the last committed event, 0 when there is none. */
  head(): number;
  /** Commits what was accepted and accepts no more. */
  close(): void;
}

/** Appends that share one transaction, at most: a bound on how long the event loop is held. */
const MAX_GROUP = 512;
const NO_STREAM = -1;

/**
 * Group commit: the appends of one turn of the event loop share a transaction and its fsync. Each is checked and stored as if
 * it were alone, seeing those before it; a refused one leaves nothing and disturbs none.
 *
 * @param revisions last revision by stream, as far as remembered; this process is the only writer, so it is never stale
 */
export function createAppender(
  database: Database.Database,
  file: string,
  revisions: BoundedMap<string, Revision>,
  committed: (head: number) => void,
): Appender {
  const insert = database.prepare(`INSERT INTO events (${COLUMNS}) VALUES (?,?,?,?,?,?,?,?)`);
  const selectRevision = database
    .prepare('SELECT revision FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1')
    .raw();
  const selectIds = database
    .prepare(
      'SELECT id, position FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision',
    )
    .raw();
  let head = lastPosition(database);
  let queue: Waiting[] = [];
  let scheduled = false;
  let closed = false;

  function currentRevision(stream: string): Revision {
    const remembered = revisions.get(stream);
    if (remembered !== undefined) return remembered;
    const [row] = selectRevision.all(stream) as [Revision][];
    const revision = row?.[0] ?? NO_STREAM;
    if (revision !== NO_STREAM) revisions.set(stream, revision);
    return revision;
  }

  function store({ stream, events }: PreparedAppend, after: Revision): Appended {
    let revision = after;
    for (const { id, type, data, metadata } of events) {
      revision += 1;
      const position = head + 1;
      const checksum = checksumOf(position, stream, revision, type, id, data, metadata);
      insert.run([position, stream, revision, type, id, data, metadata, checksum]);
      head = position;
    }
    revisions.set(stream, revision);
    return { revision, position: head };
  }

  /** What the same append answered before, when the ids after the expected revision are its ids. */
  function earlier({ stream, events }: PreparedAppend, after: Revision): Appended | undefined {
    const stored = selectIds.all([stream, after + 1, after + events.length]) as [string, number][];
    const same =
      stored.length === events.length && stored.every(([id], index) => id === events[index]?.id);
    const last = stored.at(-1);
    return same && last ? { revision: after + events.length, position: last[1] } : undefined;
  }

  function place(append: PreparedAppend): Appended | WrongExpectedRevision {
    const { stream, expected } = append;
    const after = expected === 'no_stream' ? NO_STREAM : expected;
    if (after === NO_STREAM && revisions.get(stream) === undefined) {
      // The unique index answers whether the stream is new, which spares a query per new stream.
      try {
        return store(append, after);
      } catch (error) {
        if (!errorCode(error).startsWith('SQLITE_CONSTRAINT')) throw error;
        if (currentRevision(stream) === NO_STREAM) throw error;
      }
    }
    const current = currentRevision(stream);
    if (current === after) return store(append, after);
    return (
      (current > after ? earlier(append, after) : undefined) ??
      new WrongExpectedRevision(stream, expected, current === NO_STREAM ? 'no_stream' : current)
    );
  }

  function rollBack(to: number): void {
    head = to;
    revisions.clear();
    try {
      if (database.inTransaction) database.exec('ROLLBACK');
    } catch {
      // The next BEGIN fails then, and says so to its callers.
    }
  }

  function commitGroup(group: readonly Waiting[]): void {
    const before = head;
    const outcomes: (Appended | WrongExpectedRevision)[] = [];
    try {
      database.exec('BEGIN IMMEDIATE');
      for (const { append } of group) outcomes.push(place(append));
    } catch (error) {
      fail(group, before, () => asStoreError(file, error));
      return;
    }
    try {
      database.exec('COMMIT');
    } catch (error) {
      // The log of the transaction may have reached the disk all the same.
      const why = errorCode(error) || 'the commit failed';
      fail(group, before, (stream) => new OutcomeUnknown(stream, why));
      return;
    }
    if (head !== before) committed(head);
    for (const [index, waiting] of group.entries()) {
      const outcome = outcomes[index] as Appended | WrongExpectedRevision;
      if (outcome instanceof Error) waiting.reject(outcome);
      else waiting.resolve(outcome);
    }
  }

  function fail(
    group: readonly Waiting[],
    before: number,
    errorFor: (stream: string) => Error,
  ): void {
    rollBack(before);
    for (const { append, reject } of group) reject(errorFor(append.stream));
  }

  function commitTogether(appends: readonly PreparedAppend[]): void {
    const before = head;
    let committing = false;
    try {
      database.exec('BEGIN IMMEDIATE');
      for (const append of appends) {
        const outcome = place(append);
        if (outcome instanceof Error) throw outcome;
      }
      committing = true;
      database.exec('COMMIT');
    } catch (error) {
      rollBack(before);
      if (error instanceof WrongExpectedRevision) throw error;
      if (!committing) throw asStoreError(file, error);
      throw new OutcomeUnknown(appends[0]?.stream ?? '', errorCode(error) || 'the commit failed');
    }
    if (head !== before) committed(head);
  }

  function flush(): void {
    scheduled = false;
    if (queue.length === 0) return;
    const group = queue.slice(0, MAX_GROUP);
    queue = queue.slice(MAX_GROUP);
    if (queue.length > 0) schedule();
    commitGroup(group);
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  }

  return {
    head: () => head,
    append: (append) =>
      new Promise((resolve, reject) => {
        if (closed) throw new StoreUnavailable('it was closed');
        queue.push({ append: prepareAppend(append), resolve, reject });
        schedule();
      }),
    appendTogether: (appends) => {
      if (closed) throw new StoreUnavailable('it was closed');
      const prepared = appends.map(prepareAppend);
      while (queue.length > 0) flush();
      commitTogether(prepared);
    },
    close: () => {
      closed = true;
      while (queue.length > 0) flush();
    },
  };
}
