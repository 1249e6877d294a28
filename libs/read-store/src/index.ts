export type { EmbeddedReadStoreOptions } from './embedded/database.js';
export { missingEmbeddedIndexes } from './embedded/missing-embedded-indexes.js';
export { openEmbeddedLeases } from './embedded/open-embedded-leases.js';
export { openEmbeddedReadStore } from './embedded/open-embedded-read-store.js';
export {
  openThreadedReadStore,
  type ThreadedReadStoreOptions,
} from './embedded/thread/threaded-read-store.js';
export * from './errors.js';
export * from './hold-lease.js';
export { createLeaseWatch } from './lease-watch.js';
export * from './leases.port.js';
export { missingIndexes } from './mongodb/indexes.js';
export { openMongoLeases } from './mongodb/open-mongo-leases.js';
export { openMongoReadStore } from './mongodb/open-mongo-read-store.js';
export * from './read-store.port.js';
export { searchFilter, searchTokens } from './search-tokens.js';

export * from './share-tasks.js';
export { underLease } from './under-lease.js';
