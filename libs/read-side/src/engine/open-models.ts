import type { CollectionDefinition, ReadStore } from '#read-store';
import type { EngineLogger } from './engine.port.js';
import { firstBuild, makeLive, READ_MODELS, readLiveVersions, shapeOf } from './generations.js';
import { collectionsOf, createModel, type Model } from './model.js';
import { countParked, FROZEN_DOCUMENTS, PARKED_EVENTS } from './parking.js';
import { collectionsKept, type Projection } from './projection.port.js';

export interface OpenedModels {
  readonly models: readonly Model[];
  /** What queries read, by collection name. */
  readonly served: ReadonlyMap<string, CollectionDefinition>;
}

/** Opens the collections of projections: at the live version, or at a new one when the shape is newer. */
export async function openModels(
  readStore: ReadStore,
  projections: readonly Projection[],
  logger?: EngineLogger,
): Promise<OpenedModels> {
  for (const own of [READ_MODELS, PARKED_EVENTS, FROZEN_DOCUMENTS]) await readStore.ensure(own);
  const names = [...new Set(projections.map(({ collection }) => collection.name))];
  const live = new Map(await readLiveVersions(readStore, names));
  const models: Model[] = [];
  // The newest shape first: it may be the first of its name and so the live one.
  const newestFirst = [...projections].sort((a, b) => b.collection.version - a.collection.version);
  for (const projection of newestFirst) {
    const { name, version: shape } = projection.collection;
    const first = firstBuild(shape);
    const liveVersion = live.get(name) ?? first;
    if (!live.has(name)) {
      await readStore.ensure({ ...projection.collection, version: first });
      await makeLive(readStore, { name, version: first });
      live.set(name, first);
    }
    if (shapeOf(liveVersion) > shape) {
      logger?.warn({ collection: name, shape }, 'A newer process has replaced this read model.');
      continue;
    }
    const building = shapeOf(liveVersion) < shape;
    models.push(await openModel(readStore, projection, building ? first : liveVersion, building));
    const begun = building ? undefined : await begunRebuild(readStore, name, liveVersion);
    if (begun !== undefined) models.push(await openModel(readStore, projection, begun, true));
  }
  return { models, served: servedAt(projections, live) };
}

/** What queries read when these versions are live, by collection name; a collection without one has never been built. */
export function servedAt(
  projections: readonly Projection[],
  live: ReadonlyMap<string, number>,
): ReadonlyMap<string, CollectionDefinition> {
  const served = new Map<string, CollectionDefinition>();
  for (const projection of projections) {
    const { name, version: shape } = projection.collection;
    const version = live.get(name) ?? firstBuild(shape);
    for (const kept of collectionsKept(projection)) served.set(kept.name, { ...kept, version });
  }
  return served;
}

/** The build beside the live one that a process began and did not finish: it is gone on with. */
async function begunRebuild(
  readStore: ReadStore,
  name: string,
  liveVersion: number,
): Promise<number | undefined> {
  const versions = await readStore.versions(name);
  return versions.find(
    (version) => version > liveVersion && shapeOf(version) === shapeOf(liveVersion),
  );
}

async function openModel(
  readStore: ReadStore,
  projection: Projection,
  version: number,
  building: boolean,
): Promise<Model> {
  const model = createModel(projection, version);
  for (const collection of collectionsOf(model)) await readStore.ensure(collection);
  model.building = building;
  const saved = await readStore.checkpoints([model.name]);
  model.position = saved.get(model.name) ?? -1;
  model.parked = await countParked(readStore, model);
  return model;
}
