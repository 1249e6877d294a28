import type { DeliveryStatus, Filter, Instant, Uuid } from '#crm';
import type { Page } from '#read-store';
import { DELIVERIES, type DeliveryDocument } from '../deliveries/delivery-projection.js';
import { newestFirst } from './around-record.js';
import { limitOf, type Paging, type QueryContext } from './query-context.js';

export interface ListDeliveries extends Paging {
  readonly status?: DeliveryStatus;
  readonly channel?: DeliveryDocument['channel'];
  readonly recipientId?: Uuid;
  readonly webhookId?: Uuid;
  /** A code, as of the latest failure. */
  readonly error?: string;
}

/** Deliveries, those that something happened to last first. */
export async function listDeliveries(
  { readStore, models }: QueryContext,
  { status, channel, recipientId, webhookId, error, ...paging }: ListDeliveries,
): Promise<Page<DeliveryDocument>> {
  const { cursor } = paging;
  const filter: Filter = {
    ...(status && { status }),
    ...(channel && { channel }),
    ...(recipientId && { recipientId }),
    ...(webhookId && { webhookId }),
    ...(error && { error }),
  };
  return readStore.find<DeliveryDocument>(models.live(DELIVERIES.name), {
    filter,
    sort: newestFirst('updatedAt'),
    limit: limitOf(paging),
    ...(cursor !== undefined && { cursor }),
  });
}

export interface FindDueDeliveries {
  readonly now: Instant;
  readonly limit: number;
  readonly cursor?: string;
}

/** Deliveries that may have to be sent by now, the longest waiting first, and by recipient: so that a digest's are together. */
export async function findDueDeliveries(
  { readStore, models }: QueryContext,
  { now, ...paging }: FindDueDeliveries,
): Promise<Page<DeliveryDocument>> {
  return readStore.find<DeliveryDocument>(models.live(DELIVERIES.name), {
    filter: { nextAt: { $lte: now } },
    sort: [
      { field: 'nextAt', direction: 'ascending' },
      { field: 'recipientId', direction: 'ascending' },
    ],
    ...paging,
  });
}

/** How many are parked, counted up to a limit. */
export async function countParked(
  { readStore, models }: QueryContext,
  upTo: number,
): Promise<number> {
  return readStore.count(models.live(DELIVERIES.name), { status: 'parked' }, upTo);
}
