import { mayAtAll } from '#access';
import { PLURALS, RECORD_TYPES, type Uuid } from '#crm';
import {
  createCallAgain,
  createDeliveries,
  createDeliveryCommands,
  createDispatcher,
  createMailSender,
  createNotifier,
  createSendEvent,
  createSmtpMailer,
  createWebhookCaller,
  createWebhookCommands,
  type DeliveryCommands,
  type Notifier,
  type WebhookCommands,
  webhookSecret,
  webhookTarget,
} from '#notify';
import type { Clock, Config, IdSource } from '#platform';
import { ACTIVITIES, DELIVERIES, NOTIFICATIONS } from '#read-side';
import type { Polling } from '#write-side';
import { fed } from '../events/event-feed.js';
import { createMailFacts } from './mail-facts.js';
import type { Stores } from './open-stores.js';
import type { LivePeople } from './people.js';
import type { ReadSide } from './read-side.js';
import type { Trouble } from './trouble.js';
import type { WriteSide } from './write-side.js';

export const NOTIFYING_WORK = ['notifier', 'deliveries', 'webhooks'] as const;
export type NotifyingWork = (typeof NOTIFYING_WORK)[number];

/** What tells people and programs of what happens. */
export interface Notifying {
  readonly processes: Readonly<Record<NotifyingWork, Polling>>;
  readonly webhooks: WebhookCommands;
  readonly deliveries: DeliveryCommands;
  /** See `Notifier`. */
  readonly establish: Notifier['establish'];
  /** Lets go of connections. */
  close(): Promise<void>;
}

export interface NotifyingParts {
  readonly config: Pick<Config, 'mail' | 'publicUrl' | 'webhooksToInternal'>;
  readonly stores: Stores;
  readonly people: LivePeople;
  readonly read: ReadSide;
  readonly write: WriteSide;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly trouble: Trouble;
  /** 0 up to and without 1, each time another: spreads attempts. */
  readonly chance: () => number;
  /** Milliseconds between two looks for what is due. */
  readonly intervalMs?: number;
}

const READ_MODEL_WAIT_MS = 5_000;
/** What is due, and what mails are made of: see `createMailFacts`. */
const TOLD_FROM = [
  ...[DELIVERIES.name, NOTIFICATIONS.name, ACTIVITIES.name],
  ...RECORD_TYPES.map((type) => PLURALS[type]),
];

/** Builds the notifier, and what sends e-mails and webhooks. */
export async function createNotifying(parts: NotifyingParts): Promise<Notifying> {
  const { config, stores, people, read, write, clock, ids, trouble, chance } = parts;
  const { log } = stores;
  const { settings, executor } = write;
  const now = () => clock.now();
  const { intervalMs } = parts;
  const common = { log, settings, now, ids, ...(intervalMs !== undefined && { intervalMs }) };
  const root = await stores.keys.hashSecret();
  const secretOf = (id: Uuid, version: number) => webhookSecret(root, id, version);
  const allowInternal = config.webhooksToInternal;
  const caller = createWebhookCaller({ allowInternal, now: () => Date.parse(now()) });
  const bodyOf = (event: Parameters<typeof fed>[0]) => JSON.stringify(fed(event));
  const sendEvent = createSendEvent({ caller, secretOf, bodyOf, now });
  const mayReceive = (userId: Uuid) => {
    const principal = people.directory.principalOf(userId);
    return principal !== undefined && mayAtAll(principal, 'webhooks');
  };
  const mailer =
    config.mail && createSmtpMailer({ url: config.mail.smtpUrl, from: config.mail.from });
  const notifier = createNotifier({
    ...common,
    people: toldPeople(people),
    emails: mailer !== undefined,
    failed: (error) => trouble.met('notifier', error),
  });
  const facts = createMailFacts(people, read.queries);
  const { publicUrl } = config;
  const mails = mailer && createMailSender({ mailer, facts, publicUrl, now });
  const webhook = async (id: Uuid) => (await executor.load(webhookTarget(id))).state;
  const deliveries = createDeliveries({
    ...{ ...common, chance, ...(mails && { mails }) },
    calls: createCallAgain({ log, sendEvent, webhook, mayReceive, now }),
    finder: {
      find: read.queries.findDueDeliveries,
      reached: (upTo) => read.models.waitFor(upTo, READ_MODEL_WAIT_MS, TOLD_FROM),
    },
    failed: (error) => trouble.met('deliveries', error),
  });
  const webhooks = createDispatcher({
    ...{ ...common, chance, sendEvent, mayReceive },
    finder: {
      active: async () =>
        (await read.queries.listWebhooks()).filter(({ status }) => status === 'active'),
    },
    failed: (webhookId, error) => trouble.met('webhooks', error, { webhookId }),
  });
  return {
    processes: { notifier, deliveries, webhooks },
    webhooks: createWebhookCommands({ log, executor, secretOf, allowInternal }),
    deliveries: createDeliveryCommands(executor),
    establish: notifier.establish,
    async close() {
      caller.close();
      mailer?.close();
    },
  };
}

function toldPeople(people: LivePeople) {
  return {
    isActiveUser: people.isActiveUser,
    membersOf: people.directory.membersOf,
    withRole: people.withRole,
    refresh: people.refresh,
    preferencesOf: people.preferencesOf,
  };
}
