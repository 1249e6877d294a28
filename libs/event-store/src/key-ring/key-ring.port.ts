import type { Uuid } from '#crm';

/** A key for the personal parts of one record's events. */
export interface DataKey {
  readonly id: Uuid;
  /** 32 random bytes for AES-256-GCM. */
  readonly key: Buffer;
}

/**
 * Keeps the keys of personal data. Every adapter passes `key-ring.contract.ts`.
 * Deleting a key erases what it sealed, in every copy of the log.
 */
export interface KeyRing {
  /** Every key that exists, in batches. */
  all(): AsyncIterable<readonly DataKey[]>;
  /**
   * Takes keys of another ring as they are, and answers when they are durable. Those that are there already stay as they are.
   */
  adopt(keys: readonly DataKey[]): Promise<void>;
  /** Makes `count` new random keys and answers when they are durable. */
  allocate(count: number): Promise<readonly DataKey[]>;
  /** The keys that still exist among `ids`, by id. One query whatever the number. */
  load(ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, DataKey>>;
  /** Deletes for ever. Absent ids are no error. */
  delete(ids: readonly Uuid[]): Promise<void>;
  /** The secret that keys the hashes in names of match-key streams; made on first use, then always the same 32 bytes. */
  hashSecret(): Promise<Buffer>;
  close(): Promise<void>;
}
