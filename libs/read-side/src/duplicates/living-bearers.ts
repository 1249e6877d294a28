import type { RecordRef } from '#crm';
import { livingEnds } from '../queries/living-ends.js';
import type { QueryContext } from '../queries/query-context.js';
import { recordKey, recordOfKey } from '../records/record-key.js';
import { type BearerDocument, DUPLICATES } from './bearer-document.js';

/** Bearers by record key. */
export type Bearers = ReadonlyMap<string, BearerDocument>;

/**
 * The records that stand for some that were merged away, by the keys of those. Who ends at a record that is not live is left out.
 *
 * Chains are followed in the index itself, which has the record at their end anyway: one load for each link of the longest, and
 * none for what is `known`.
 */
export async function livingBearers(
  { readStore, models }: Pick<QueryContext, 'readStore' | 'models'>,
  mergedAway: readonly string[],
  known: Bearers,
): Promise<Bearers> {
  const bearers = new Map(known);
  const lookUp = async (records: readonly RecordRef[]) => {
    const keys = records.map(recordKey);
    const missing = keys.filter((key) => !bearers.has(key));
    if (missing.length > 0) {
      const stored = await readStore.load(models.live(DUPLICATES.name), missing);
      for (const [key, { document }] of stored) bearers.set(key, document as BearerDocument);
    }
    return new Map(
      keys.flatMap((key) => {
        const into = recordOfKey(bearers.get(key)?.behind ?? '');
        return into ? [[key, into] as const] : [];
      }),
    );
  };
  const records = mergedAway.flatMap((key) => recordOfKey(key) ?? []);
  const living = new Map<string, BearerDocument>();
  for (const [key, end] of await livingEnds(records, lookUp)) {
    const bearer = bearers.get(recordKey(end));
    if (bearer?.status === 'live') living.set(key, bearer);
  }
  return living;
}
