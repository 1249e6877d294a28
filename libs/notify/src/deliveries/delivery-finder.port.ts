import type { Instant, PlannedCall, PlannedEmail, Position, Uuid } from '#crm';

/** A delivery that may have to be sent, as a read model has it. */
export interface FoundDelivery {
  readonly id: Uuid;
  readonly channel: (PlannedEmail | PlannedCall)['channel'];
  /** Of an e-mail. */
  readonly recipientId?: Uuid;
}

/** Finds what is due. It only finds: the process confirms against the streams. */
export interface DeliveryFinder {
  /** Due by `now`, the longest waiting first; of those that are due at the same time, those of one recipient one after the other. */
  find(query: {
    readonly now: Instant;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<{ readonly documents: readonly FoundDelivery[]; readonly next?: string }>;
  /** Waits a while until what is found, and what mails are made of, includes this; false when it takes longer. */
  reached(position: Position): Promise<boolean>;
}
