import type { Readable } from 'node:stream';

/** A file that has arrived whole, and is durable, but is not kept yet. */
export interface ReceivedUpload {
  /** Its content. @throws FileStoreUnavailable */
  open(): Promise<Readable>;
  /**
   * Keeps it under a name: letters, digits, `.` and `-`. Where a file has that name already, that one stays.
   * @throws FileStoreUnavailable
   */
  keep(name: string): Promise<void>;
  /** Throws it away, unless it was kept. */
  discard(): Promise<void>;
}

/**
 * Files that are kept until they have been worked through, where every process that may do so finds them. Every adapter passes
 * `uploads.contract.ts`.
 */
export interface Uploads {
  /**
   * Takes a file as it arrives; nothing is held but the chunk at hand.
   * @throws FileStoreUnavailable, and whatever the content throws; nothing stays behind
   */
  receive(content: AsyncIterable<Uint8Array>): Promise<ReceivedUpload>;
  /**
   * The content of a kept file; undefined when there is none.
   * @throws FileStoreUnavailable also while it is read
   */
  open(name: string): Promise<Readable | undefined>;
  /** Nothing happens when there is none. */
  remove(name: string): Promise<void>;
  /** Names of the files kept. */
  names(): AsyncIterable<string>;
  /**
   * Throws away what processes that were killed left: kept files that nobody uses, and what never arrived whole.
   * @param olderThanMs spares what is younger, which another process may be at
   */
  clear(isUsed: (name: string) => boolean, olderThanMs: number): Promise<void>;
}
