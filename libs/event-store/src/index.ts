export * from './errors.js';
export * from './event-log.port.js';
export * from './event-store.port.js';
export * from './key-ring/key-ring.port.js';
