import {
  activityDecider,
  type DomainEvent,
  deciderOf,
  deriveId,
  type OverduePolicyApplied,
  type OverduePolicyChanged,
  type Position,
  policyDecider,
  policyStream,
  type Recorded,
  type Revision,
  SETTINGS_STREAM,
  type TimedRef,
  type Uuid,
} from '#crm';
import type { EventLog } from '#event-store';
import { activityTarget } from '../activities/activity-commands.handler.js';
import { atMost } from '../execution/at-most.js';
import { type Envelope, processAuthority } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { createPolling, type Polling } from '../execution/polling.js';
import { recordTarget } from '../records/record-target.js';
import type { LiveSettings } from '../settings/live-settings.js';

/** Finds what a policy may have something to say of. It only finds: the streams say what becomes of it. */
export interface OpenFinder {
  /** Opportunities that are open, activities that are planned, each once. */
  findOpen(query: {
    readonly type: TimedRef['type'];
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<{ readonly documents: readonly { readonly id: Uuid }[]; readonly next?: string }>;
  /** Waits a while until what is found includes this; false when it takes longer. */
  reached(position: Position): Promise<boolean>;
}

export interface OverduePoliciesOptions {
  readonly log: EventLog;
  readonly executor: Executor;
  readonly settings: LiveSettings;
  readonly finder: OpenFinder;
  readonly failed: (error: unknown) => void;
  /** Milliseconds between two looks. */
  readonly intervalMs?: number;
}

export interface OverduePolicies extends Polling {
  /** Applies the latest policy that is to be applied to what is open, unless it was. */
  look(signal?: AbortSignal): Promise<void>;
}

/** A change of the policy that is to be applied to what is open. */
interface Wanted {
  readonly eventId: Uuid;
  readonly revision: Revision;
}

const INTERVAL_MS = 1_000;
const PAGE = 500;
const AT_ONCE = 16;
const AUTHORITY = processAuthority('overdue-policies');

/**
 * Applies a changed overdue policy to what is open, where its administrator chose so. Each record gets its deadline under a command of
 * its own that derives from the change, so that whoever goes on after a crash does nothing twice.
 */
export function createOverduePolicies(options: OverduePoliciesOptions): OverduePolicies {
  const { log, executor, settings, finder, failed, intervalMs = INTERVAL_MS } = options;
  let from: Revision = 0;
  let wanted: Wanted | undefined;

  /** Of several changes only the latest counts: the policy as it is now is what is applied. */
  async function lookForChanges(): Promise<void> {
    const { events } = await log.readStream({ stream: SETTINGS_STREAM, from });
    for (const event of events) {
      const { id: eventId, revision } = event;
      from = revision + 1;
      if (event.type !== 'OverduePolicyChanged') continue;
      const { data } = event as Recorded<OverduePolicyChanged>;
      if (data.applyToOpen) wanted = { eventId, revision };
    }
  }

  /** @returns whether the deadline is another one because of the change */
  async function applyTo({ type, id }: TimedRef, change: Wanted): Promise<boolean> {
    const envelope = envelopeOf(deriveId(change.eventId, `${type}:${id}`), change);
    const command = { kind: 'apply-overdue-policy' } as const;
    let decided: readonly DomainEvent[] = [];
    const { repeated } =
      type === 'activity'
        ? await executor.execute(activityTarget(id), envelope, (state, context) => {
            const events = activityDecider.decide(state, command, context);
            decided = events;
            return events;
          })
        : await executor.execute(recordTarget(type, id), envelope, (state, context) => {
            decided = deciderOf(type).decide(state, command, context);
            return decided;
          });
    return repeated || decided.length > 0;
  }

  async function applyToAll(
    type: TimedRef['type'],
    change: Wanted,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const slot = atMost(AT_ONCE);
    let count = 0;
    for (let cursor: string | undefined; ; ) {
      const at = { type, limit: PAGE, ...(cursor !== undefined && { cursor }) };
      const { documents, next } = await finder.findOpen(at);
      await Promise.all(
        documents.map(({ id }) =>
          slot(async () => {
            signal?.throwIfAborted();
            if (await applyTo({ type, id }, change)) count += 1;
          }),
        ),
      );
      if (next === undefined) return count;
      cursor = next;
    }
  }

  async function look(signal?: AbortSignal): Promise<void> {
    await lookForChanges();
    const change = wanted;
    if (!change) return;
    const stream = policyStream(change.revision);
    const { events } = await log.readStream({ stream, limit: 1 });
    if (events.length === 0) {
      // At least those of the change.
      await settings.refresh();
      await finder.reached(await log.head());
      const outcome: OverduePolicyApplied['data'] = {
        settingsRevision: change.revision,
        opportunities: await applyToAll('opportunity', change, signal),
        activities: await applyToAll('activity', change, signal),
      };
      const target = {
        stream,
        initial: () => policyDecider.initial(''),
        evolve: policyDecider.evolve,
      };
      const envelope = envelopeOf(deriveId(change.eventId, 'applied'), change);
      await executor.execute(target, envelope, (state, context) =>
        policyDecider.decide(state, { kind: 'finish', outcome }, context),
      );
    }
    if (wanted === change) wanted = undefined;
  }

  return {
    look,
    ...createPolling({
      look: (signal) =>
        look(signal).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        }),
      failed,
      intervalMs,
    }),
  };
}

function envelopeOf(commandId: Uuid, { eventId }: Wanted): Envelope {
  const process = { authority: AUTHORITY, commandId, fresh: false };
  return { ...process, correlationId: eventId, causationId: eventId };
}
