export * from './errors.js';
export * from './filter.js';
export * from './read-store.port.js';
