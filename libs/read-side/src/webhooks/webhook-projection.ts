import {
  type Instant,
  type LogPlace,
  type Recorded,
  type Uuid,
  type WebhookEvent,
  type WebhookState,
  type WebhookStatus,
  webhookDecider,
} from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import type { Projection } from '../engine/projection.port.js';

/** An address that events are sent to. */
export interface WebhookDocument extends Document {
  readonly id: Uuid;
  readonly status: WebhookStatus;
  readonly url: string;
  readonly types: readonly string[];
  readonly registeredBy: Uuid;
  readonly registeredAt: Instant;
  readonly secretVersion: number;
  readonly previousSecret?: { readonly version: number; readonly until: Instant };
  readonly start: { readonly epoch: number; readonly after: LogPlace };
  readonly revision: number;
}

export const WEBHOOKS: CollectionDefinition = {
  name: 'webhooks',
  version: 1,
  indexes: [{ fields: ['status'] }, { fields: ['registeredBy'] }],
};

const PREFIX = 'webhook-';

/** Webhooks; a removed one stays, since deliveries may name it. */
export const webhookProjection: Projection<WebhookState> = {
  collection: WEBHOOKS,
  prefixes: [PREFIX],
  oneStream: true,
  keys: ({ stream }) => [stream.slice(PREFIX.length)],
  open(id, stored) {
    if (!stored) return webhookDecider.initial(id);
    const { revision: _, ...webhook } = stored as WebhookDocument;
    return webhook;
  },
  evolve: (webhook, event) => webhookDecider.evolve(webhook, event as Recorded<WebhookEvent>),
  close({ status, ...webhook }, { revision }): WebhookDocument | undefined {
    return status === 'absent' ? undefined : { ...webhook, status, revision };
  },
};
