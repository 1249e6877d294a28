import type { Position, Uuid } from '#crm';

/** Finds what somebody has not read. It only finds: the streams say whether it still is. */
export interface UnreadFinder {
  findUnread(query: {
    readonly recipientId: Uuid;
    /** Only those issued up to here, inclusive. */
    readonly upTo: Position;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<{ readonly documents: readonly { readonly id: Uuid }[]; readonly next?: string }>;
}
