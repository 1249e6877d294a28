export * from './activities.js';
export * from './conversions.js';
export * from './deadlines.js';
export * from './deliveries.js';
export * from './directory.js';
export * from './inbox.js';
export * from './noticed-things.js';
export * from './webhooks.js';
