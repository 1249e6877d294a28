import { join } from 'node:path';
import {
  type FileStore,
  openFolderFileStore,
  openFolderUploads,
  openMongoFileStore,
  openMongoUploads,
  type Uploads,
} from '#file-store';
import type { MongoConnection } from '#mongodb';

/** Where files are kept. */
export interface FileStores {
  readonly files: FileStore;
  /** What was sent to be worked through. */
  readonly uploads: Uploads;
}

/** In a data folder; nothing is made before there is a file. */
export function fileStoresIn(folder: string): FileStores {
  return {
    files: openFolderFileStore(join(folder, 'files')),
    uploads: openFolderUploads(join(folder, 'imports')),
  };
}

/** On MongoDB, for every process. @throws MongoUnavailable */
export async function fileStoresOn(mongo: MongoConnection): Promise<FileStores> {
  return { files: await openMongoFileStore(mongo), uploads: await openMongoUploads(mongo) };
}
