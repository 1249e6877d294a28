import { randomUUID } from 'node:crypto';
import { type StreamMetadata, streamMetadata } from './stream-metadata.js';

/** What a stream must be for an append: EventStoreDB's four expectations. */
export type Expectation = 'any' | 'no_stream' | 'stream_exists' | bigint;

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Recorded extends Proposed {
  readonly stream: string;
  /** `TOMBSTONE` for the event that deletes a stream for ever. */
  readonly revision: number;
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export type Outcome =
  /** Without a revision: nothing was appended to a stream that is not there. Without a position: repeated on a deleted stream. */
  | { readonly kind: 'stored'; readonly revision?: number; readonly position?: number }
  | { readonly kind: 'wrong'; readonly current: number | undefined }
  | { readonly kind: 'deleted' };

export const TOMBSTONE = Number.POSITIVE_INFINITY;
export const SOFT_DELETED = '{"$tb":9223372036854775807}';

const NOTHING = new Uint8Array();
/** What a record takes in the log beside its texts. */
const RECORD_BYTES = 60;

/** An in-memory log with EventStoreDB's rules: positions have gaps, streams are numbered, deletions are events. */
export class Log {
  readonly events: Recorded[] = [];
  readonly #streams = new Map<string, Recorded[]>();
  /** Where a position is neither an event's nor free: what an append without events takes. */
  readonly #emptyRecords = new Set<number>();
  /** Revisions by stream and id, as the server remembers them for `any`. A restart forgets them. */
  #remembered = new Map<string, Map<string, number>>();
  readonly #listeners = new Set<(events: readonly Recorded[]) => void>();
  #next = 1_417;

  constructor() {
    // Even an empty database has one event.
    const acl = '"$acl":{"$r":"$ops","$w":[],"$d":[],"$mr":[],"$mw":[]}';
    this.#store('$$$scavenges', [metadataEvent(`{"$maxAge":2592000,${acl}}`)]);
  }

  stream(name: string): readonly Recorded[] {
    return this.#streams.get(name) ?? [];
  }

  metadataOf(name: string): StreamMetadata {
    return streamMetadata(this.stream(`$$${name}`).at(-1)?.data);
  }

  isTombstoned(name: string): boolean {
    const own = name.startsWith('$$') ? name.slice(2) : name;
    return this.stream(own).at(-1)?.revision === TOMBSTONE;
  }

  isSoftDeleted(name: string): boolean {
    return this.metadataOf(name).softDeleted && this.stream(name).length > 0;
  }

  /** Index of the first event at or after a position. */
  indexOf(position: number): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.events[middle]?.position ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a record starts at a position: others cannot be read from. Beyond the end counts as well. */
  isRecord(position: number): boolean {
    if (position <= 0 || position >= this.#next || this.#emptyRecords.has(position)) return true;
    return this.events[this.indexOf(position)]?.position === position;
  }

  /** The position that the next record gets. */
  get end(): number {
    return this.#next;
  }

  append(name: string, expected: Expectation, proposed: readonly Proposed[]): Outcome {
    if (this.isTombstoned(name)) return { kind: 'deleted' };
    const stored = this.stream(name);
    const last = stored.length - 1;
    const softDeleted = this.isSoftDeleted(name);
    if (expected === 'stream_exists' && softDeleted) return { kind: 'deleted' };
    const repeated = this.#repeated(name, expected, proposed);
    if (repeated === 'partly') return wrong(last);
    if (repeated !== undefined) {
      const position = softDeleted ? undefined : stored[repeated]?.position;
      return { kind: 'stored', revision: repeated, ...(position !== undefined && { position }) };
    }
    if (!allows(expected, last, softDeleted)) return wrong(last);
    if (proposed.length === 0) return this.#appendNothing(last);
    const events = this.#store(name, proposed);
    if (softDeleted) {
      events.push(...this.#store(`$$${name}`, [metadataEvent(`{"$tb":${last + 1}}`)]));
    }
    this.#tell(events);
    const revision = last + proposed.length;
    const position = this.stream(name)[revision]?.position;
    return { kind: 'stored', revision, ...(position !== undefined && { position }) };
  }

  /** Soft: the stream reads as missing until it is appended to, and goes on numbering. */
  softDelete(name: string, expected: Expectation): Outcome {
    const last = this.stream(name).length - 1;
    if (this.isTombstoned(name)) return { kind: 'deleted' };
    if (expected === 'stream_exists' && this.isSoftDeleted(name)) return { kind: 'deleted' };
    if (last < 0 || !allows(expected, last, false)) return wrong(last);
    return this.#deleteBy(this.#store(`$$${name}`, [metadataEvent(SOFT_DELETED)]));
  }

  /** For ever. */
  tombstone(name: string, expected: Expectation): Outcome {
    const last = this.stream(name).length - 1;
    if (this.isTombstoned(name)) return { kind: 'deleted' };
    if (!allows(expected, last, false)) return wrong(last);
    const event = { id: randomUUID(), type: '$streamDeleted', json: false };
    const proposed = { ...event, data: NOTHING, metadata: NOTHING };
    return this.#deleteBy(this.#store(name, [proposed], TOMBSTONE));
  }

  /** Calls with the events of every append, after it. @returns a function that stops it */
  onAppended(listener: (events: readonly Recorded[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What a restart does. */
  forgetIds(): void {
    this.#remembered = new Map();
  }

  #repeated(
    name: string,
    expected: Expectation,
    proposed: readonly Proposed[],
  ): number | 'partly' | undefined {
    const [first] = proposed;
    if (!first) return undefined;
    if (expected === 'any' || expected === 'stream_exists') {
      const known = this.#remembered.get(name);
      if (known?.get(first.id) === undefined) return undefined;
      const revisions = proposed.map(({ id }) => known.get(id));
      return revisions.includes(undefined) ? 'partly' : (revisions.at(-1) as number);
    }
    const after = expected === 'no_stream' ? -1 : Number(expected);
    const stored = this.stream(name);
    const same = proposed.every(({ id }, index) => stored[after + 1 + index]?.id === id);
    return same ? after + proposed.length : undefined;
  }

  #appendNothing(last: number): Outcome {
    const position = this.#next;
    this.#emptyRecords.add(position);
    this.#next += RECORD_BYTES;
    return { kind: 'stored', position, ...(last >= 0 && { revision: last }) };
  }

  #deleteBy(events: readonly Recorded[]): Outcome {
    this.#tell(events);
    return { kind: 'stored', position: events[0]?.position as number };
  }

  #store(name: string, proposed: readonly Proposed[], revision?: number): Recorded[] {
    const stored = this.#streams.get(name) ?? [];
    this.#streams.set(name, stored);
    const remembered = this.#remembered.get(name) ?? new Map<string, number>();
    this.#remembered.set(name, remembered);
    return proposed.map((event) => {
      const recorded = {
        ...event,
        stream: name,
        revision: revision ?? stored.length,
        position: this.#next,
        created: Date.now(),
      };
      const texts = 2 * name.length + event.type.length;
      this.#next += RECORD_BYTES + texts + event.data.length + event.metadata.length;
      stored.push(recorded);
      this.events.push(recorded);
      if (!remembered.has(event.id)) remembered.set(event.id, recorded.revision);
      return recorded;
    });
  }

  #tell(events: readonly Recorded[]): void {
    for (const listener of [...this.#listeners]) listener(events);
  }
}

function allows(expected: Expectation, last: number, softDeleted: boolean): boolean {
  if (expected === 'any') return true;
  if (expected === 'no_stream') return last < 0 || softDeleted;
  if (expected === 'stream_exists') return last >= 0;
  return expected === BigInt(last) && last >= 0;
}

function wrong(last: number): Outcome {
  return { kind: 'wrong', current: last < 0 ? undefined : last };
}

function metadataEvent(json: string): Proposed {
  const data = Buffer.from(json);
  return { id: randomUUID(), type: '$metadata', json: true, data, metadata: NOTHING };
}
