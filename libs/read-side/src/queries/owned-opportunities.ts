import { FILTER_LIMITS, type Filter, type Uuid } from '#crm';
import { inParts } from './among.js';
import type { QueryContext } from './query-context.js';

const OPPORTUNITIES = 'opportunities';

/** Those of the opportunities that are there by now, whatever became of them. At most 1,000 are asked for. */
export async function knownOpportunities(
  { readStore, models }: QueryContext,
  ids: readonly Uuid[],
): Promise<ReadonlySet<Uuid>> {
  if (ids.length === 0) return new Set();
  return new Set((await readStore.load(models.live(OPPORTUNITIES), ids)).keys());
}

/** How many open opportunities each of the owners has, without some, counted no further than `upTo`. */
export async function countOpenOpportunities(
  { readStore, models }: QueryContext,
  owned: readonly { readonly ownerId: Uuid; readonly except: readonly Uuid[] }[],
  upTo: number,
): Promise<ReadonlyMap<Uuid, number>> {
  const collection = models.live(OPPORTUNITIES);
  const counted = await Promise.all(
    owned.map(async ({ ownerId, except }) => {
      const without = inParts(except, FILTER_LIMITS.values).map(
        (part): Filter => ({ id: { $nin: part } }),
      );
      const filter = { $and: [{ ownerId, status: 'open' }, ...without] };
      return [ownerId, await readStore.count(collection, filter, upTo)] as const;
    }),
  );
  return new Map(counted);
}
