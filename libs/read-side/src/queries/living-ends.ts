import type { RecordRef } from '#crm';
import { MERGES, type MergeDocument } from '../merges/merge-projection.js';
import { endOfChain } from '../records/end-of-chain.js';
import { recordKey } from '../records/record-key.js';
import { inParts } from './among.js';
import type { QueryContext } from './query-context.js';

/** Where records have gone that were merged away, by record key; those that stand for themselves are left out. */
export type LivingEnds = ReadonlyMap<string, RecordRef>;

/** Tells into what some records were merged, each that was. */
export type LookUp = (records: readonly RecordRef[]) => Promise<LivingEnds>;

/**
 * Follows chains of merges to their ends. One look-up for each link of the longest chain, however many records there are.
 */
export async function livingEnds(
  records: readonly RecordRef[],
  lookUp: LookUp,
): Promise<LivingEnds> {
  const next = new Map<string, RecordRef>();
  const seen = new Set<string>();
  for (let asked = records; asked.length > 0; ) {
    for (const record of asked) seen.add(recordKey(record));
    const found = await lookUp(asked);
    for (const [key, into] of found) next.set(key, into);
    asked = [...found.values()].filter((into) => !seen.has(recordKey(into)));
  }
  const ends = new Map<string, RecordRef>();
  for (const record of records) {
    const end = endOfChain(record, next, recordKey);
    if (end !== record) ends.set(recordKey(record), end);
  }
  return ends;
}

/** Keys of one look-up. */
const KEYS_AT_ONCE = 5_000;

/**
 * As the read models have it now, from the merges: far cheaper than reading the records themselves, of which next to none were merged.
 */
export function mergedNow({ readStore, models }: QueryContext): LookUp {
  return async (records) => {
    const into = new Map<string, RecordRef>();
    const keys = [...new Set(records.map(recordKey))];
    for (const elements of inParts(keys, KEYS_AT_ONCE)) {
      // A record is merged away by one merge at a time. Two are asked for since elements of an index may share a hash.
      const lookUp = { field: 'awayKeys', elements, most: 2 };
      const found = await readStore.lookUp<MergeDocument>(models.live(MERGES.name), lookUp);
      const oldestFirst = [...found.values()].sort((a, b) => a.position - b.position);
      for (const { awayKeys, survivor } of oldestFirst) {
        for (const key of awayKeys) into.set(key, survivor);
      }
    }
    return new Map(
      keys.flatMap((key) => (into.has(key) ? [[key, into.get(key) as RecordRef]] : [])),
    );
  };
}

/** The records that stand now for those of some that were merged away. */
export async function standingFor(
  context: QueryContext,
  records: readonly RecordRef[],
): Promise<readonly RecordRef[]> {
  return [...(await livingEnds(records, mergedNow(context))).values()];
}
