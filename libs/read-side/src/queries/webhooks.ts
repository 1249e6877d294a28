import type { Uuid } from '#crm';
import { WEBHOOKS, type WebhookDocument } from '../webhooks/webhook-projection.js';
import type { QueryContext } from './query-context.js';

/** Most webhooks that are told of: there may be fewer. */
const MOST_WEBHOOKS = 200;

/** Webhooks that are not removed: all, or those that somebody registered. */
export async function listWebhooks(
  { readStore, models }: QueryContext,
  { registeredBy }: { readonly registeredBy?: Uuid } = {},
): Promise<readonly WebhookDocument[]> {
  const { documents } = await readStore.find<WebhookDocument>(models.live(WEBHOOKS.name), {
    filter: { status: { $ne: 'removed' }, ...(registeredBy && { registeredBy }) },
    sort: [],
    limit: MOST_WEBHOOKS,
  });
  return documents;
}

/** A webhook, removed or not. */
export async function getWebhook(
  { readStore, models }: QueryContext,
  id: Uuid,
): Promise<WebhookDocument | undefined> {
  const stored = await readStore.load(models.live(WEBHOOKS.name), [id]);
  return stored.get(id)?.document as WebhookDocument | undefined;
}
