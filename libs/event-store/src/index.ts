export { BoundedMap } from './bounded-map.js';
export { createRegistry, type Registry } from './codec/registry.js';
export { type CommonPart, type CompareLogs, compareLogs } from './copy/compare-logs.js';
export { copyKeys, sameKeys } from './copy/copy-keys.js';
export {
  type CopiedLog,
  type CopyLog,
  type CopyProgress,
  copyLog,
  endOf,
} from './copy/copy-log.js';
export { type CopyTarget, oneAfterTheOther } from './copy/copy-target.port.js';
export { LogsDiffer } from './copy/logs-differ.js';
export {
  type EmbeddedEventStore,
  type EmbeddedEventStoreOptions,
  openEmbeddedEventStore,
} from './embedded/embedded-event-store.js';
export { lockFolder } from './embedded/folder-lock.js';
export type { VerifyProgress } from './embedded/verify.js';
export * from './errors.js';
export { createEventLog, type EventLogParts, type SealingEventLog } from './event-log.js';
export * from './event-log.port.js';
export * from './event-store.port.js';
export type { EventStoreDb } from './eventstoredb/event-store-db.js';
export { openEventStoreDb } from './eventstoredb/open-event-store-db.js';
export type { EventStoreDbOptions } from './eventstoredb/options.js';
export { openEmbeddedKeyRing } from './key-ring/embedded-key-ring.js';
export * from './key-ring/key-ring.port.js';
export { type MongoKeyRingOptions, openMongoKeyRing } from './key-ring/open-mongo-key-ring.js';
export * from './log-pages.js';
export { ownStreamsOnly } from './own-streams.js';
export { prefixedEventStore } from './prefixed-event-store.js';
