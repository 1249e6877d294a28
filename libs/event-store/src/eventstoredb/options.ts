export interface EventStoreDbOptions {
  /** The client's connection string: `esdb://user:password@host:2113?tls=true`, or `esdb+discover://` for a cluster. */
  readonly url: string;
  /** Longest time, in milliseconds, until the server has answered once. Default 10,000. */
  readonly openMs?: number;
  /** Longest time without an answer to a read. Default 10,000. */
  readonly readMs?: number;
  /** How long the first try of an append may take; each next one may take twice as long. Default 5,000. */
  readonly appendTryMs?: number;
  /** How long an append whose outcome is unknown is repeated. Default 20,000. */
  readonly appendPatienceMs?: number;
}
