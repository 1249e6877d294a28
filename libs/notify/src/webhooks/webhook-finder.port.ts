import type { Uuid, WebhookStatus } from '#crm';

/** A webhook as a read model has it. */
export interface FoundWebhook {
  readonly id: Uuid;
  readonly status: WebhookStatus;
  readonly registeredBy: Uuid;
  /** Of its stream: another one is another webhook. */
  readonly revision: number;
}

/** Finds webhooks. It only finds: what is sent where, their streams say. */
export interface WebhookFinder {
  /** All that events are to be sent to. */
  active(): Promise<readonly FoundWebhook[]>;
}
