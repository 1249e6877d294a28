export * from './activities.js';
export * from './conversions.js';
export * from './deadlines.js';
export * from './directory.js';
export * from './inbox.js';
