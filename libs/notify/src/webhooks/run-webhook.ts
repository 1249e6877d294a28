import {
  afterFailure,
  type DispatchEvent,
  type DispatchState,
  deliveryDecider,
  dispatchState,
  dispatchStream,
  type Instant,
  isToldStream,
  type LogPlace,
  type Recorded,
  type Uuid,
  type WebhookState,
  webhookDecider,
} from '#crm';
import type { EventLog } from '#event-store';
import type { IdSource } from '#platform';
import { type Envelope, type Executor, processAuthority, type SettingsSource } from '#write-side';
import { deliveryTarget } from '../deliveries/delivery-target.js';
import { createLatestEvent, type LatestEvent } from '../following/latest-event.js';
import { placeOf, positionOf } from '../following/log-places.js';
import type { SendEvent } from './event-sending.js';
import type { CallOutcome } from './webhook-caller.js';
import { webhookTarget } from './webhook-target.js';

export interface RunParts {
  readonly log: EventLog;
  readonly settings: SettingsSource;
  readonly executor: Executor;
  readonly sendEvent: SendEvent;
  /** Whether whoever registered a webhook may still be told of events. */
  mayReceive(userId: Uuid): boolean;
  readonly now: () => Instant;
  readonly ids: IdSource;
  readonly chance: () => number;
  /** Events passed over before it is noted how far a webhook is: fewer in tests. */
  readonly notedWhenPassed?: number;
}

/** How a run ended: `waiting` until it may go on, or `over` until the webhook is changed. */
export type RunEnd = { readonly waiting: Instant } | 'over';

const NAME = 'webhooks';
const AUTHORITY = processAuthority(NAME);
/**
 * Where it is is noted after so many events sent, or ms: as many may be sent a second time after a crash. And after so many passed over, so that one that waits
 * for what is rare does not begin the log anew at each start.
 */
const NOTED = { events: 100, ms: 10_000, passed: 10_000 };

/**
 * Sends a webhook what it is to be told, one event after the other in the order of the log, from where it was left until the signal aborts or
 * an event is not taken. The next ones wait then, until it is taken or has been tried often enough to be parked.
 */
export async function runWebhook(id: Uuid, parts: RunParts, signal: AbortSignal): Promise<RunEnd> {
  const { log, executor, mayReceive, now } = parts;
  const { state: webhook } = await executor.load(webhookTarget(id));
  const latest = createLatestEvent<DispatchEvent>(dispatchStream(id), { ...parts, process: NAME });
  if (webhook.status !== 'active') return 'over';
  const run = new Run(webhook, dispatchState(webhook, await latest.read()), latest, parts);
  const { nextAt } = run.state.hindrance ?? {};
  if (nextAt !== undefined && nextAt > now()) return { waiting: nextAt };
  const after = await positionOf(log, run.state.at);
  const from = after === undefined ? {} : { after };
  for await (const { events } of log.subscribe({ ...from, signal })) {
    for (const event of events) {
      if (signal.aborted) break;
      if (!mayReceive(webhook.registeredBy)) return run.leave({ waiting: now() });
      const end = await run.take(event, signal);
      if (end) return end;
    }
    await run.noteIfDue();
  }
  return run.leave('over');
}

class Run {
  private sent = 0;
  /** Events of others' streams than those of its own book-keeping, which would have it noted for ever. */
  private passed = 0;
  private notedAt: Instant;

  constructor(
    private readonly webhook: WebhookState,
    public state: DispatchState,
    private readonly latest: LatestEvent<DispatchEvent>,
    private readonly parts: RunParts,
  ) {
    this.notedAt = parts.now();
  }

  /** Sends an event if it is one to be told. Answers when it was not taken, and is not parked. */
  async take(event: Recorded, signal: AbortSignal): Promise<RunEnd | undefined> {
    const isTold = isToldStream(event.stream);
    if (!isTold || !this.wants(event)) {
      this.reach(event);
      if (isTold) this.passed += 1;
      return undefined;
    }
    const outcome = await this.parts.sendEvent(this.webhook, event, signal);
    if (outcome.sent) {
      const wasHindered = this.state.hindrance !== undefined;
      this.reach(event);
      this.sent += 1;
      // Nobody is to look for what is over.
      if (wasHindered) await this.note();
      return undefined;
    }
    // It was ended from here: that says nothing of the receiver.
    if (signal.aborted) return this.leave('over');
    return outcome.gone ? this.end() : this.failed(event, outcome);
  }

  async noteIfDue(): Promise<void> {
    const since = Math.abs(Date.parse(this.parts.now()) - Date.parse(this.notedAt));
    const isDue = this.sent > 0 && (this.sent >= NOTED.events || since >= NOTED.ms);
    const { notedWhenPassed = NOTED.passed } = this.parts;
    if (isDue || this.passed >= notedWhenPassed) await this.note();
  }

  async leave(end: RunEnd): Promise<RunEnd> {
    if (this.sent > 0) await this.note();
    return end;
  }

  async note(): Promise<void> {
    const { epoch, at } = this.state;
    await this.latest.write({ type: 'WebhookReached', data: { epoch, at } });
    [this.sent, this.passed] = [0, 0];
    this.notedAt = this.parts.now();
  }

  private wants({ type }: Recorded): boolean {
    const { types } = this.webhook;
    return types.length === 0 || types.includes(type);
  }

  private reach(event: Recorded): void {
    const at: LogPlace = placeOf(event);
    this.state = { epoch: this.state.epoch, at };
  }

  private async end(): Promise<RunEnd> {
    if (this.sent > 0) await this.note();
    await this.parts.executor.execute(
      webhookTarget(this.webhook.id),
      envelope(this.parts.ids.next()),
      (state, context) => webhookDecider.decide(state, { kind: 'end' }, context),
    );
    return 'over';
  }

  private async failed(
    event: Recorded,
    { error, waitMs }: Exclude<CallOutcome, { sent: true }>,
  ): Promise<RunEnd | undefined> {
    const { chance, now } = this.parts;
    const { id, type, stream, revision } = event;
    const told = { id, type, stream, revision };
    const failure = { error, waitMs, chance: chance() };
    const came = afterFailure(this.state, this.webhook.id, told, failure, now());
    if (came.type === 'WebhookEventParked') await this.park(came.data.deliveryId, event, error);
    await this.latest.write(came);
    this.sent = 0;
    this.state = dispatchState(this.webhook, came);
    return came.type === 'WebhookAttemptFailed' ? { waiting: came.data.nextAt } : undefined;
  }

  /** Before it is passed over: a crash between the two parks it again, under the same id. */
  private async park(deliveryId: Uuid, event: Recorded, error: string): Promise<void> {
    const planned = {
      channel: 'webhook',
      webhookId: this.webhook.id,
      ...{ eventId: event.id, eventType: event.type },
      ...{ stream: event.stream, revision: event.revision },
    } as const;
    await this.parts.executor.execute(
      deliveryTarget(deliveryId),
      envelope(this.parts.ids.next()),
      (state, context) =>
        deliveryDecider.decide(state, { kind: 'plan-parked', planned, error }, context),
    );
  }
}

function envelope(commandId: Uuid): Envelope {
  return { authority: AUTHORITY, commandId, correlationId: commandId, fresh: true };
}
