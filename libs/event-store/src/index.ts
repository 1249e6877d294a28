export {
  type EmbeddedEventStore,
  type EmbeddedEventStoreOptions,
  openEmbeddedEventStore,
} from './embedded/embedded-event-store.js';
export type { VerifyProgress } from './embedded/verify.js';
export * from './errors.js';
export * from './event-log.port.js';
export * from './event-store.port.js';
export * from './key-ring/key-ring.port.js';
export { MAX_NAME_LENGTH, type PreparedAppend, prepareAppend } from './prepare-append.js';
