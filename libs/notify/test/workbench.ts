import { randomUUID } from 'node:crypto';
import {
  DEFAULT_PREFERENCES,
  type DeliveryState,
  type NotificationIssued,
  type NotificationPreferences,
  type Position,
  type Recorded,
  type Uuid,
  type WebhookState,
} from '#crm';
import type { EventStore } from '#event-store';
import { settableClock, timeOrderedIds } from '#platform';
import { Executor, processAuthority } from '#write-side';
import { openWorkshop, type Workshop } from '../../write-side/test/workshop.js';
import { deliveryTarget } from '../src/deliveries/delivery-target.js';
import {
  createCallAgain,
  createDeliveries,
  createDeliveryCommands,
  createDispatcher,
  createNotifier,
  createSendEvent,
  createWebhookCaller,
  createWebhookCommands,
  type DeliveriesOptions,
  type DispatcherOptions,
  type NotifierOptions,
  type WebhookCallerOptions,
  webhookTarget,
} from '../src/index.js';

export const START = '2026-03-02T02:00:00.000Z';
export const ADMIN: Uuid = '77777777-7777-4777-8777-777777777777';

/** What tells people, on embedded stores in a temporary folder, with finders that look through the whole log: slow, and right by construction. */
export async function openWorkbench({ wrap = (store: EventStore) => store } = {}) {
  const workshop: Workshop = await openWorkshop({ wrap });
  const { log, settings } = workshop;
  const clock = settableClock(START);
  const now = () => clock.now();
  const errors: unknown[] = [];
  const failed = (...told: readonly unknown[]) => {
    errors.push(told.at(-1));
  };
  const common = { log, settings, now, ids: timeOrderedIds, chance: () => 0.5 };
  const fresh = () => new Executor({ log, settings, now });
  const preferences = new Map<Uuid, NotificationPreferences>();
  const gone = new Set<Uuid>();
  const people = {
    refresh: async () => undefined,
    isActiveUser: (id: Uuid) => !gone.has(id),
    membersOf: (teamId: Uuid) => [teamId],
    withRole: () => [],
    preferencesOf: (id: Uuid) => preferences.get(id) ?? DEFAULT_PREFERENCES,
  };
  const all = () => log.readAll({ limit: 100_000 });
  const streamsOf = async (prefix: string) => [
    ...new Set(
      (await log.readAll({ limit: 100_000, prefixes: [prefix] })).map(({ stream }) =>
        stream.slice(prefix.length),
      ),
    ),
  ];

  async function deliveries(): Promise<readonly DeliveryState[]> {
    const executor = fresh();
    const ids = await streamsOf('delivery-');
    return Promise.all(ids.map(async (id) => (await executor.load(deliveryTarget(id))).state));
  }

  async function webhooks(): Promise<readonly (WebhookState & { readonly revision: number })[]> {
    const executor = fresh();
    const ids = await streamsOf('webhook-');
    return Promise.all(
      ids.map(async (id) => {
        const { state, revision } = await executor.load(webhookTarget(id));
        return { ...state, revision };
      }),
    );
  }

  const makeSendEvent = (options: WebhookCallerOptions = {}) => {
    const caller = createWebhookCaller({ allowInternal: true, ...options });
    const secretOf = (id: Uuid, version: number) => `secret ${id} ${version}`;
    const bodyOf = ({ id, type, position }: Recorded) => JSON.stringify({ id, type, position });
    return { caller, secretOf, sendEvent: createSendEvent({ caller, secretOf, bodyOf, now }) };
  };

  return {
    ...workshop,
    ...{ clock, errors, preferences, gone, people, all, deliveries, webhooks, makeSendEvent },
    /** Notices by the event that owes them and whom they are to: there must be one of each. */
    async notices(): Promise<readonly Recorded<NotificationIssued>[]> {
      const events = await log.readAll({ limit: 100_000, prefixes: ['notification-'] });
      return events.filter(
        ({ type }) => type === 'NotificationIssued',
      ) as unknown as readonly Recorded<NotificationIssued>[];
    },
    makeNotifier: (part: Partial<NotifierOptions> = {}) =>
      createNotifier({ ...common, people, emails: true, failed, retryMs: 1, ...part }),
    makeDeliveries(part: Partial<DeliveriesOptions> = {}) {
      const { sendEvent } = makeSendEvent();
      const webhook = async (id: Uuid) => (await fresh().load(webhookTarget(id))).state;
      return createDeliveries({
        ...common,
        calls: createCallAgain({ log, sendEvent, webhook, mayReceive: () => true, now }),
        finder: {
          reached: async (_position: Position) => true,
          find: async ({ now: at }) => ({
            documents: (await deliveries()).flatMap(({ id, planned, nextAt }) => {
              if (!planned || nextAt === undefined || nextAt > at) return [];
              const to = planned.channel === 'email' ? { recipientId: planned.recipientId } : {};
              return [{ id, channel: planned.channel, ...to }];
            }),
          }),
        },
        failed,
        ...part,
      });
    },
    makeDispatcher(part: Partial<DispatcherOptions> = {}) {
      return createDispatcher({
        ...common,
        sendEvent: makeSendEvent().sendEvent,
        mayReceive: () => true,
        finder: {
          active: async () => (await webhooks()).filter(isActive),
        },
        failed,
        ...part,
      });
    },
    deliveryCommands: createDeliveryCommands(fresh()),
    webhookCommands: createWebhookCommands({
      ...{ log, executor: fresh(), allowInternal: true },
      secretOf: makeSendEvent().secretOf,
    }),
  };
}

export type Workbench = Awaited<ReturnType<typeof openWorkbench>>;

function isActive<State extends WebhookState>(
  state: State,
): state is State & { readonly status: 'active' } {
  return state.status === 'active';
}

/** A command of its own by the administrator. */
export function asked() {
  const commandId = randomUUID();
  const authority = { ...processAuthority('test'), actor: { kind: 'user', id: ADMIN } } as const;
  const envelope = { authority, commandId, correlationId: commandId, fresh: true };
  return { envelope, reach: { userId: ADMIN, all: true } };
}
