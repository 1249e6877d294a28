import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { SETTINGS_STREAM } from '#crm';
import type { EventLog } from '#event-store';
import type { ReadStore } from '#read-store';
import { createGroup, foldBatch } from './fold-batch.js';
import type { Gathering } from './gathering.js';
import { NO_GROUPS } from './group-moves.js';
import type { Model } from './model.js';
import { countParked } from './parking.js';
import { readSettingsEvents, settingsAt } from './settings-as-of.js';

/** One subscription and the models that it feeds. */
export interface Lane {
  models: readonly Model[];
  /** Ends the present subscription; the lane goes on with its models as they are then. */
  regroup: AbortController;
  /** The lane has done what it was for. */
  finished: boolean;
  lastError: string | undefined;
}

export interface LaneOptions {
  readonly log: EventLog;
  readonly readStore: ReadStore;
  readonly batchSize: number;
  readonly gathering: Gathering;
  /** See `Group`. */
  readonly idleStride: number;
  /** Runs one thing at a time with repairs, which write the same documents. */
  exclusive<Result>(work: () => Promise<Result>): Promise<Result>;
  onProgress(): void;
  /** The lane has caught up with the head of the log. */
  onCaughtUp(lane: Lane): Promise<void>;
  onError(lane: Lane, error: unknown, retryInMs: number): void;
  readonly signal: AbortSignal;
}

export function createLane(models: readonly Model[]): Lane {
  return { models, regroup: new AbortController(), finished: false, lastError: undefined };
}

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

/** Keeps the lane's models up with the log until the lane has finished or the signal ends it; errors are retried for ever. */
export async function runLane(options: LaneOptions, lane: Lane): Promise<void> {
  let retryInMs = FIRST_RETRY_MS;
  const furthest = new Map<Model, number>();
  while (!options.signal.aborted && !lane.finished) {
    try {
      await follow(options, lane);
      lane.lastError = undefined;
    } catch (error) {
      const moved = lane.models.some((model) => model.position > (furthest.get(model) ?? -1));
      for (const model of lane.models) furthest.set(model, model.position);
      retryInMs = moved ? FIRST_RETRY_MS : Math.min(retryInMs * 2, LAST_RETRY_MS);
      lane.lastError = error instanceof Error ? `${error.name}: ${error.message}` : 'Error';
      options.onError(lane, error, retryInMs);
      await pause(retryInMs, options.signal);
      for (const model of lane.models) forget(model);
    }
  }
}

async function follow(options: LaneOptions, lane: Lane): Promise<void> {
  const { log, readStore, batchSize, gathering } = options;
  lane.regroup = new AbortController();
  const signal = AbortSignal.any([options.signal, lane.regroup.signal]);
  const { models } = lane;
  const saved = await readStore.checkpoints(models.map(({ name }) => name));
  for (const model of models) {
    model.position = Math.max(model.position, saved.get(model.name) ?? -1);
    model.parked = await countParked(readStore, model);
  }
  const after = Math.min(...models.map(({ position }) => position));
  const settings = settingsAt(await readSettingsEvents(log), after);
  const group = createGroup(models, settings, after, options.idleStride);
  const prefixes = [
    ...new Set([SETTINGS_STREAM, ...models.flatMap(({ projection }) => projection.prefixes)]),
  ];
  const pace = gathering.pace();
  const start = after < 0 ? {} : { after };
  const written = () => {
    lane.lastError = undefined;
    options.onProgress();
  };
  try {
    for await (const batch of log.subscribe({ ...start, prefixes, batchSize, signal })) {
      pace.arrived();
      const { events, checkpoint } = batch;
      await options.exclusive(async () => {
        await foldBatch(readStore, group, events, checkpoint, written);
        if (batch.live) await group.writing;
      });
      if (batch.live) {
        await options.onCaughtUp(lane);
        await pace.pause(events.length, checkpoint, signal);
      } else {
        // The embedded stores answer without leaving the present turn: let requests have theirs.
        await nextTurn();
      }
    }
  } finally {
    await group.writing;
  }
}

/** After an error nothing counts but what the store says. */
function forget(model: Model): void {
  model.position = -1;
  model.recent.clear();
  model.writing = new Map();
  model.groupsInFlight = NO_GROUPS;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return;
  // An aborted pause is an ended one.
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
