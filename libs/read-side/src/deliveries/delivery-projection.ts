import {
  type DeliveryEvent,
  type DeliveryState,
  type DeliveryStatus,
  deliveryDecider,
  type Instant,
  type PlannedCall,
  type PlannedEmail,
  type Position,
  type Recorded,
  type SkipReason,
  type Uuid,
} from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import type { Projection } from '../engine/projection.port.js';

/** Something to be sent to somebody, and how it stands. What is to be sent is told by its channel. */
export interface DeliveryDocument extends Document {
  readonly id: Uuid;
  readonly channel: 'email' | 'webhook';
  readonly status: DeliveryStatus;
  /** Of an e-mail. */
  readonly recipientId?: Uuid;
  /** Of a call. */
  readonly webhookId?: Uuid;
  readonly planned: Planned;
  readonly plannedAt: Instant;
  /** Failed attempts since it was planned, or retried by hand. */
  readonly attempts: number;
  readonly error?: string;
  readonly skipped?: SkipReason;
  /** When it is tried next; absent while parked and when done with. */
  readonly nextAt?: Instant;
  readonly updatedAt: Instant;
  readonly revision: number;
  readonly position: Position;
}
type Planned = (PlannedEmail | PlannedCall) & Document[string];

/** The due ones are polled by time and recipient; people look at those of one status, the latest first. */
export const DELIVERIES: CollectionDefinition = {
  name: 'deliveries',
  version: 1,
  indexes: [
    { fields: ['nextAt', 'recipientId'] },
    { fields: ['status', 'updatedAt'] },
    { fields: ['recipientId', 'updatedAt'] },
    { fields: ['webhookId', 'updatedAt'] },
  ],
};

const PREFIX = 'delivery-';

interface Fold {
  readonly state: DeliveryState;
  readonly plannedAt: Instant;
}

/** Deliveries, one document each. */
export const deliveryProjection: Projection<Fold> = {
  collection: DELIVERIES,
  prefixes: [PREFIX],
  oneStream: true,
  keys: ({ stream }) => [stream.slice(PREFIX.length)],
  begins: ({ type, revision }) => type === 'DeliveryPlanned' && revision === 0,
  open(id, stored) {
    if (!stored) return { state: deliveryDecider.initial(id), plannedAt: '' };
    const { plannedAt, ...document } = stored as DeliveryDocument;
    const { status, planned, attempts, error, nextAt, skipped } = document;
    const moments = { ...(nextAt && { nextAt }), ...(error && { error }) };
    const state = { id, status, planned, attempts, ...moments, ...(skipped && { skipped }) };
    return { state, plannedAt };
  },
  evolve: ({ state, plannedAt }, event) => ({
    state: deliveryDecider.evolve(state, event as Recorded<DeliveryEvent>),
    plannedAt: event.type === 'DeliveryPlanned' ? event.metadata.occurredAt : plannedAt,
  }),
  close({ state, plannedAt }, { revision, position, metadata }): DeliveryDocument | undefined {
    const { id, status, planned, attempts, error, skipped, nextAt } = state;
    if (status === 'absent' || !planned) return undefined;
    return {
      ...{ id, channel: planned.channel, status },
      ...(planned.channel === 'email'
        ? { recipientId: planned.recipientId }
        : { webhookId: planned.webhookId }),
      ...{ planned: planned as Planned, plannedAt, attempts },
      ...(error !== undefined && { error }),
      ...(skipped !== undefined && { skipped }),
      ...(nextAt !== undefined && { nextAt }),
      updatedAt: metadata.occurredAt,
      ...{ revision, position },
    };
  },
};
