export * from './file-store.port.js';
export * from './folder-file-store.js';
export { openMongoFileStore } from './open-mongo-file-store.js';
