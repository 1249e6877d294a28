import type { Readable } from 'node:stream';

/** A content that is stored: its identity is its hash. */
export interface StoredFile {
  /** SHA-256 of the content, lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** Contents by their hash. Equal contents are stored once. Every adapter passes `file-store.contract.ts`. */
export interface FileStore {
  /**
   * Stores a content and answers when it is durable.
   * @throws FileStoreUnavailable
   */
  put(content: Uint8Array): Promise<StoredFile>;
  /**
   * The content, or undefined when it is not there.
   * @throws FileDamaged while reading, when the content is not what the hash says
   * @throws FileStoreUnavailable
   */
  get(sha256: string): Promise<Readable | undefined>;
  /** Hashes of all contents. */
  all(): AsyncIterable<string>;
}

/** What is stored under a hash does not have that hash. */
export class FileDamaged extends Error {
  constructor(readonly sha256: string) {
    super(`The stored file ${sha256} is damaged.`);
    this.name = 'FileDamaged';
  }
}

/** The file store cannot be used now. */
export class FileStoreUnavailable extends Error {
  constructor(why: string) {
    super(`The file store is unavailable: ${why}.`);
    this.name = 'FileStoreUnavailable';
  }
}
