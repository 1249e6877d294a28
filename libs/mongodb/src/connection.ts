import type { Db } from 'mongodb';

/** A database that adapters share: one pool of connections, one way to fail. */
export interface MongoConnection {
  /** Reads from the primary and writes to a majority's journals, whatever the URL says. */
  readonly db: Db;
  /** Hosts and database, without credentials. */
  readonly place: string;
  /**
   * Runs work against the database, again and again while the failure is one that passes: a lost connection, another primary. So
   * the work must bear being run twice, also when its first run has had its effect.
   *
   * @param patienceMs how long to try; default some seconds
   * @throws MongoUnavailable in place of every error of the driver. Other errors pass through.
   */
  run<Result>(work: () => Promise<Result>, patienceMs?: number): Promise<Result>;
  close(): Promise<void>;
}
