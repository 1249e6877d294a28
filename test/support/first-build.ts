import { ALL_PROJECTIONS } from '#read-side';
import { firstBuild } from '../../libs/read-side/src/engine/generations.js';

/** The physical version that a new installation's read model begins with. */
export function firstVersionOf(readModel: string): number {
  const found = ALL_PROJECTIONS.find(({ collection }) => collection.name === readModel);
  if (!found) throw new Error(`There is no read model ${readModel}.`);
  return firstBuild(found.collection.version);
}
