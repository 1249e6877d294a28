export * from './file-store.port.js';
export * from './folder-file-store.js';
