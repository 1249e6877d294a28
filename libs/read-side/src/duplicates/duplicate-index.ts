import type { CollectionDefinition, ReadStore } from '#read-store';

/** A version of the index of duplicates, wherever it is kept. */
export interface DuplicateIndex {
  readonly readStore: ReadStore;
  readonly bearers: CollectionDefinition;
  readonly clusters: CollectionDefinition;
}
