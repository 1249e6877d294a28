import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '#crm';
import type { EventLog } from '#event-store';
import type { CollectionDefinition, ReadStore } from '#read-store';
import {
  type EngineLogger,
  type ServedModels,
  type Standing,
  UnknownReadModel,
} from '../engine/engine.port.js';
import { readLiveVersions } from '../engine/generations.js';
import { modelName } from '../engine/model.js';
import { openModels, servedAt } from '../engine/open-models.js';
import { countParked } from '../engine/parking.js';
import type { Projection } from '../engine/projection.port.js';
import { reachedIn } from '../engine/reached-in.js';
import type { EngineStatus, ModelStatus } from '../engine/status.js';
import { createWaiters } from '../engine/waiters.js';

export interface FollowedModelsOptions {
  readonly log: Pick<EventLog, 'head'>;
  readonly readStore: ReadStore;
  readonly projections: readonly Projection[];
  readonly logger?: EngineLogger;
}

/** How often (ms) to look while somebody waits, at first and after a while. */
const FIRST_LOOK_MS = 4;
const LAST_LOOK_MS = 50;
/** How often (ms) to look when nobody waits. A replaced version is kept far longer than that. */
const IDLE_LOOK_MS = 1_000;

/** Read models that other processes keep: how far they are, and which versions are live, is asked of the read store. */
export function createFollowedModels(options: FollowedModelsOptions): ServedModels {
  const { log, readStore, projections, logger } = options;
  const waiters = createWaiters();
  let standing: Standing = { served: [], positions: {} };
  let looking: Promise<void> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let waiting = 0;
  let stopped = false;

  async function readServed(): Promise<void> {
    const names = projections.map(({ collection }) => collection.name);
    serve(servedAt(projections, await readLiveVersions(readStore, names)));
  }

  function serve(served: ReadonlyMap<string, CollectionDefinition>): void {
    standing = { ...standing, served: [...served.values()] };
  }

  async function readPositions(): Promise<void> {
    const { served } = standing;
    const names = served.map((collection) => modelName(collection));
    const saved = await readStore.checkpoints(names);
    const positions: Record<string, Position> = {};
    for (const collection of served) {
      // Rows have no checkpoint of their own.
      const position = saved.get(modelName(collection));
      if (position !== undefined) positions[collection.name] = position;
      else if (isKept(collection.name)) positions[collection.name] = -1;
    }
    standing = { ...standing, positions };
    waiters.notify();
  }

  const isKept = (name: string) => projections.some(({ collection }) => collection.name === name);

  /** Looks again and again as long as somebody waits. */
  function look(): void {
    looking ??= (async () => {
      for (
        let pause = FIRST_LOOK_MS;
        waiting > 0 && !stopped;
        pause = Math.min(LAST_LOOK_MS, pause * 1.5)
      ) {
        await readPositions().catch(() => undefined);
        if (waiting > 0) await sleep(pause);
      }
    })().finally(() => {
      looking = undefined;
      if (waiting > 0 && !stopped) look();
    });
  }

  function lookLater(): void {
    idle = setTimeout(() => {
      readServed()
        .then(readPositions)
        .catch(() => undefined)
        .finally(() => {
          if (!stopped) lookLater();
        });
    }, IDLE_LOOK_MS).unref();
  }

  async function statusOf(head: Position | undefined): Promise<ModelStatus[]> {
    const kept = standing.served.filter(({ name }) => isKept(name));
    return Promise.all(
      kept.map(async (collection): Promise<ModelStatus> => {
        const position = standing.positions[collection.name] ?? -1;
        return {
          collection: collection.name,
          version: collection.version,
          state: 'live',
          position,
          lag: head === undefined ? undefined : Math.max(0, head - position),
          parked: await countParked(readStore, { name: modelName(collection) }),
          lastError: undefined,
        };
      }),
    );
  }

  return {
    async start() {
      serve((await openModels(readStore, projections, logger)).served);
      await readPositions();
      lookLater();
    },
    async stop() {
      stopped = true;
      clearTimeout(idle);
      waiters.close();
      await looking;
    },
    reached: (collections) => reachedIn(standing, collections),
    async waitFor(position, timeoutMs, collections) {
      const reached = () => reachedIn(standing, collections);
      if (reached() >= position) return true;
      waiting += 1;
      look();
      try {
        return await waiters.wait(position, timeoutMs, reached);
      } finally {
        waiting -= 1;
      }
    },
    live(name) {
      const collection = standing.served.find((served) => served.name === name);
      if (!collection) throw new UnknownReadModel(name);
      return collection;
    },
    async status(): Promise<EngineStatus> {
      const head = await log.head().catch(() => undefined);
      await readPositions();
      return { head, models: await statusOf(head) };
    },
  };
}
