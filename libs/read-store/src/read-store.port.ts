import type { Filter, JsonObject, Position } from '#crm';
import type { Lease } from './leases.port.js';

/** A read model's document. `id` is unique in its collection. */
export type Document = JsonObject & { readonly id: string };

/**
 * An index that a collection declares: the fields in order, all ascending (it serves a sort in either direction). At most one of
 * them may hold lists.
 * `id` is always the last, implied, so that every sort is total.
 */
export interface IndexDefinition {
  readonly fields: readonly string[];
  /**
   * The one field is a list, and the index finds documents by its elements: `exact` by whole ones (`$eq`, `$in`, `$all`),
   * `prefix` by their beginnings too (`$regex` with `^`), which costs more to keep.
   */
  readonly multi?: 'exact' | 'prefix';
}

export interface CollectionDefinition {
  /** Lower-case letters, digits, underscores. */
  readonly name: string;
  /** The shape's version: another version is another collection, built beside the old. */
  readonly version: number;
  readonly indexes: readonly IndexDefinition[];
}

/** A document with the position of the last event folded into it. */
export interface Stored<Doc extends Document = Document> {
  readonly document: Doc;
  readonly position: Position;
}

export type Write =
  | {
      readonly kind: 'put';
      readonly collection: CollectionDefinition;
      readonly document: Document;
      readonly position: Position;
    }
  | {
      readonly kind: 'remove';
      readonly collection: CollectionDefinition;
      readonly id: string;
      readonly position: Position;
    };

/**
 * One batch of a projection: documents first, then the checkpoint. A store without transactions may be cut off between two of
 * the steps `ahead`, `writes`, `decisions`, `checkpoints`, and within the first two; the batch then comes again.
 */
export interface WriteBatch {
  /** In place before any of `writes` is: whoever finds one of those finds these too. */
  readonly ahead?: readonly Write[];
  /** What follows from events alone: however late and by whomever it is written, it says the same. */
  readonly writes: readonly Write[];
  /**
   * What the writer has judged, and another might judge otherwise: documents to freeze or to release. All or nothing, after `writes`,
   * and under a `fence` only while it holds.
   */
  readonly decisions?: readonly Write[];
  /** Progress by subscriber name; a checkpoint never goes back. One name is always written under the same lease, or under none. */
  readonly checkpoints: Readonly<Record<string, Position>>;
  /** The lease that the batch is written under. */
  readonly fence?: Lease;
}

export interface SortKey {
  readonly field: string;
  readonly direction: 'ascending' | 'descending';
}

export interface Find {
  readonly filter: Filter;
  /**
   * `id` in the first key's direction is appended. Order is MongoDB's: missing and null, numbers, texts by code point, false, true.
   * Sort by fields that hold nothing else: where lists and objects stand is not promised. Default: by id.
   */
  readonly sort: readonly SortKey[];
  /** 1 to 1,000. */
  readonly limit: number;
  /** The `next` of the page before, under the same filter and sort. */
  readonly cursor?: string;
}

export interface Page<Doc extends Document = Document> {
  readonly documents: readonly Doc[];
  /** Set when there is more. Opaque and URL-safe. */
  readonly next?: string;
}

/** Looks many elements of one list up at once. */
export interface LookUp {
  /** A list with an index of its own (`multi`). */
  readonly field: string;
  /** At most 10,000. */
  readonly elements: readonly string[];
  /** Documents for each element, at most, in no order. */
  readonly most: number;
}

/**
 * Documents by collection, rebuilt from events at any time. Every adapter passes `read-store.contract.ts`.
 * Single documents change atomically; nothing here needs a transaction across them.
 */
export interface ReadStore {
  /** Creates the collection and its indexes where they are missing. Safe to repeat and to race. */
  ensure(collection: CollectionDefinition): Promise<void>;
  /** Documents by id, in one query; absent ones are left out. */
  load(
    collection: CollectionDefinition,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Stored>>;
  /**
   * Writes a batch. A write whose position is not beyond the stored document's is skipped: repeating a batch, or part
   * of one, changes nothing. A removed document's position is remembered until its collection is dropped, so that a
   * late repeat does not bring it back.
   * @throws LeaseLost the fence does not hold: no decision was written
   */
  write(batch: WriteBatch): Promise<void>;
  /**
   * @throws InvalidFilter the filter is not in the language
   * @throws InvalidCursor the cursor is not of this filter and sort
   */
  find<Doc extends Document = Document>(
    collection: CollectionDefinition,
    find: Find,
  ): Promise<Page<Doc>>;
  /**
   * Documents by the elements of a list, whatever else they are: by id, each once. Of an element that more documents hold, as many
   * as were asked for. For many elements far cheaper than `find`.
   */
  lookUp<Doc extends Document = Document>(
    collection: CollectionDefinition,
    lookUp: LookUp,
  ): Promise<ReadonlyMap<string, Doc>>;
  /**
   * How many documents match, counting no further than `upTo`.
   * @throws InvalidFilter the filter is not in the language
   */
  count(collection: CollectionDefinition, filter: Filter, upTo: number): Promise<number>;
  /** The positions saved under these names, in one query; those without one are left out. */
  checkpoints(names: readonly string[]): Promise<ReadonlyMap<string, Position>>;
  /** Versions of a collection that exist, ascending. */
  versions(name: string): Promise<readonly number[]>;
  /**
   * Deletes a version of a collection with its documents.
   * @throws LeaseLost the fence does not hold
   */
  drop(collection: Pick<CollectionDefinition, 'name' | 'version'>, fence?: Lease): Promise<void>;
  /**
   * Deletes a checkpoint. Under a fence, nobody with an older token saves it again.
   * @throws LeaseLost the fence does not hold
   */
  forget(name: string, fence?: Lease): Promise<void>;
  close(): Promise<void>;
}
