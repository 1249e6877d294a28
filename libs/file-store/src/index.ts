export * from './file-store.port.js';
export * from './folder-file-store.js';
export { openMongoFileStore } from './open-mongo-file-store.js';
export { openFolderUploads } from './uploads/open-folder-uploads.js';
export { openMongoUploads } from './uploads/open-mongo-uploads.js';
export * from './uploads/uploads.port.js';
