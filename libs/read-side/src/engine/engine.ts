import type { Position } from '#crm';
import type { CollectionDefinition } from '#read-store';
import {
  type ProjectionEngine,
  type ProjectionEngineOptions,
  type Standing,
  UnknownReadModel,
} from './engine.port.js';
import { createExclusive } from './exclusive.js';
import { createFleet } from './fleet.js';
import { IDLE_STRIDE } from './fold-batch.js';
import { createGathering } from './gathering.js';
import { dropUnused, makeLive } from './generations.js';
import { collectionsOf, createModel, type Model } from './model.js';
import { openModels } from './open-models.js';
import { reachedIn } from './reached-in.js';
import { retryParked } from './retry-parked.js';
import { statusOf } from './status.js';
import { createWaiters } from './waiters.js';

/** Larger batches were measured to bring no more, smaller ones less. */
const BATCH_SIZE = 2_000;
/** Longer than any process keeps what it knows of live versions. */
const DROP_AFTER_MS = 10_000;

/** The engine behind DESIGN.md "Subscriptions" and "Read your write". */
export function createProjectionEngine(options: ProjectionEngineOptions): ProjectionEngine {
  const { log, readStore, projections, logger } = options;
  const stopping = new AbortController();
  const waiters = createWaiters();
  const exclusive = createExclusive();
  const gathering = createGathering(log.positionStep);
  const served = new Map<string, CollectionDefinition>();
  let servedNow: readonly CollectionDefinition[] = [];
  const drops = new Set<NodeJS.Timeout>();
  const context = { log, readStore };
  const fleet = createFleet({
    ...context,
    batchSize: options.batchSize ?? BATCH_SIZE,
    exclusive,
    gathering,
    // Others read from the checkpoints how far the read models are.
    idleStride: options.followed ? 1 : IDLE_STRIDE * log.positionStep,
    signal: stopping.signal,
    onProgress() {
      waiters.notify();
      options.onProgress?.();
    },
    onError(lane, error, retryInMs) {
      const models = lane.models.map(({ name }) => name).join(', ');
      logger?.warn({ error, models, retryInMs }, 'Projections stopped and will be retried.');
    },
    async switchTo(model) {
      const { collection, name } = model;
      await makeLive(readStore, collection);
      for (const built of collectionsOf(model)) {
        serve(built);
        dropLater(built.name);
      }
      logger?.info({ model: name }, 'The read model is built and live.');
    },
  });

  function dropLater(name: string): void {
    const timer = setTimeout(() => {
      drops.delete(timer);
      void dropUnused(readStore, name, usedVersions(name)).catch((error: unknown) => {
        logger?.warn({ error, collection: name }, 'A replaced read model was not dropped.');
      });
    }, options.dropAfterMs ?? DROP_AFTER_MS);
    timer.unref();
    drops.add(timer);
  }

  function modelsOf(name: string): readonly Model[] {
    return fleet.models().filter(({ collection }) => collection.name === name);
  }

  function usedVersions(name: string): ReadonlySet<number> {
    const live = served.get(name);
    const used = fleet
      .models()
      .flatMap(collectionsOf)
      .filter((collection) => collection.name === name)
      .map(({ version }) => version);
    return new Set(live ? [...used, live.version] : used);
  }

  function serve(collection: CollectionDefinition): void {
    served.set(collection.name, collection);
    servedNow = [...served.values()];
  }

  function standing(): Standing {
    const positions: Record<string, Position> = {};
    for (const { collection, position } of fleet.models()) {
      const read = served.get(collection.name)?.version === collection.version;
      if (read) positions[collection.name] = position;
    }
    return { served: servedNow, positions };
  }

  const reached = (collections?: readonly string[]) => reachedIn(standing(), collections);

  return {
    async start() {
      const opened = await openModels(readStore, projections, logger);
      for (const collection of opened.served.values()) serve(collection);
      fleet.launch(opened.models);
      // What a process left behind that ended between a switch and the drop, or in the middle of a rebuild.
      for (const name of served.keys()) await dropUnused(readStore, name, usedVersions(name));
    },
    async stop() {
      stopping.abort();
      for (const timer of drops) clearTimeout(timer);
      await fleet.ended();
      waiters.close();
    },
    reached,
    standing,
    waitFor(position, timeoutMs, collections) {
      if (reached(collections) < position) gathering.hurry(position);
      return waiters.wait(position, timeoutMs, () => reached(collections));
    },
    hurry: gathering.hurry,
    live(name) {
      const collection = served.get(name);
      if (!collection) throw new UnknownReadModel(name);
      return collection;
    },
    status: () => statusOf(log, fleet.lanes),
    async rebuild(collections) {
      const wanted = fleet.models().filter(({ projection, collection, building }) => {
        const named = collections?.includes(collection.name) ?? true;
        const others = modelsOf(projection.collection.name).length > 1;
        return named && !building && !others;
      });
      const models = wanted.map((model) =>
        createModel(model.projection, model.collection.version + 1),
      );
      for (const model of models) {
        model.building = true;
        for (const collection of collectionsOf(model)) await readStore.ensure(collection);
      }
      fleet.catchUp(models);
    },
    retryParked: (name, documentId) =>
      exclusive(async () => {
        const models = modelsOf(name);
        if (models.length === 0) throw new UnknownReadModel(name);
        const retried = { repaired: 0, stillParked: 0 };
        for (const model of models) {
          const { repaired, stillParked } = await retryParked(context, model, documentId);
          retried.repaired += repaired;
          retried.stillParked += stillParked;
        }
        return retried;
      }),
  };
}
