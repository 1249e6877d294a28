import type { RecordType } from '#crm';
import type { QueryContext } from '../queries/query-context.js';
import { type BearerDocument, DUPLICATES } from './bearer-document.js';
import { partsOfClusterId } from './key-in-text.js';
import { type Bearers, livingBearers } from './living-bearers.js';

type Context = Pick<QueryContext, 'readStore' | 'models'>;

/** A record that stands, and by which keys, as text, it was found through what was merged into it. */
export interface Standing {
  readonly bearer: BearerDocument;
  readonly through: readonly string[];
}

/** Records merged away that are looked at for whom they lead to, of one key. */
export const MOST_MERGED_AWAY = 200;

/**
 * Bearers of some clusters by record key, those merged away among them. Of a cluster of many, `most`; where some of those were
 * merged away, so many more that these do not take the places of others.
 */
export async function lookUpBearers(
  { readStore, models }: Context,
  clusters: readonly string[],
  most: number,
): Promise<Bearers> {
  const lookUp = (elements: readonly string[], atMost: number) =>
    readStore.lookUp<BearerDocument>(models.live(DUPLICATES.name), {
      ...{ field: 'keys', elements, most: atMost },
    });
  const found = await lookUp(clusters, most);
  const crowded = crowdedOut(found, clusters, most);
  if (crowded.length === 0) return found;
  return new Map([...found, ...(await lookUp(crowded, most + MOST_MERGED_AWAY))]);
}

/** Clusters that more may stand for than were found, since merged ones were found in their place. */
function crowdedOut(found: Bearers, clusters: readonly string[], most: number): readonly string[] {
  const mergedAway = [...found.values()].filter(({ status }) => status === 'merged');
  if (mergedAway.length === 0) return [];
  const counts = new Map<string, number>();
  for (const key of [...found.values()].flatMap(({ keys }) => keys)) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const mixed = new Set(mergedAway.flatMap(({ keys }) => keys));
  return clusters.filter((id) => mixed.has(id) && (counts.get(id) ?? 0) >= most);
}

/**
 * Those who stand for bearers of some clusters of a type, by record key: themselves, or where they have been merged to. Who was
 * merged into a record of another type is found under its own and under that one.
 */
export async function standingAmong(
  context: Context,
  type: RecordType,
  clusters: readonly string[],
  found: Bearers,
): Promise<ReadonlyMap<string, Standing>> {
  const standing = new Map<string, Standing>();
  const mergedAway: BearerDocument[] = [];
  for (const bearer of found.values()) {
    if (bearer.status === 'merged') mergedAway.push(bearer);
    else standing.set(bearer.id, { bearer, through: [] });
  }
  if (mergedAway.length === 0) return standing;
  const asked = new Set(clusters);
  const ids = mergedAway.map(({ id }) => id);
  const ends = await livingBearers(context, ids, found);
  for (const away of mergedAway) {
    const bearer = ends.get(away.id);
    if (!bearer || (away.type !== type && bearer.type !== type)) continue;
    const keys = away.keys.filter((key) => asked.has(key)).map((key) => partsOfClusterId(key).text);
    const through = [...(standing.get(bearer.id)?.through ?? []), ...keys];
    standing.set(bearer.id, { bearer, through: [...new Set(through)] });
  }
  return standing;
}
