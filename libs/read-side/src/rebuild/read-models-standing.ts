import type { Position } from '#crm';
import type { CollectionDefinition, ReadStore } from '#read-store';
import { readLiveVersions } from '../engine/generations.js';
import { collectionsOf, createModel, modelName } from '../engine/model.js';
import { countParked } from '../engine/parking.js';
import type { Projection } from '../engine/projection.port.js';

/** How a read model stands, as its store tells. */
export interface ReadModelStanding {
  readonly collection: string;
  /** The version that queries read; undefined when it was never built. */
  readonly version: number | undefined;
  /** Everything up to here is folded. */
  readonly position: Position;
  /** Parked events; counted up to 10,000. */
  readonly parked: number;
  /** What holds its documents. */
  readonly collections: readonly CollectionDefinition[];
}

/** Looks at read models that other processes keep; changes nothing. */
export async function readModelsStanding(
  readStore: ReadStore,
  projections: readonly Projection[],
): Promise<readonly ReadModelStanding[]> {
  const live = await readLiveVersions(
    readStore,
    projections.map(({ collection }) => collection.name),
  );
  return Promise.all(
    projections.map(async (projection): Promise<ReadModelStanding> => {
      const { name } = projection.collection;
      const version = live.get(name);
      if (version === undefined) {
        return { collection: name, version, position: -1, parked: 0, collections: [] };
      }
      const model = createModel(projection, version);
      const own = modelName(model.collection);
      const position = (await readStore.checkpoints([own])).get(own) ?? -1;
      const parked = await countParked(readStore, { name: own });
      return { collection: name, version, position, parked, collections: collectionsOf(model) };
    }),
  );
}
