import type { RecordRef } from '#crm';
import { recordKey } from '../records/record-key.js';
import { loadRecords } from './load-records.js';
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
    const end = endOf(record, next);
    if (end !== record) ends.set(recordKey(record), end);
  }
  return ends;
}

function endOf(record: RecordRef, next: LivingEnds): RecordRef {
  const passed = new Set<string>();
  for (let current = record; ; ) {
    const key = recordKey(current);
    const into = next.get(key);
    // A chain has an end; a ring is thought of only so as never to go round in one.
    if (!into || passed.has(key)) return current;
    passed.add(key);
    current = into;
  }
}

/** As the read models have it now: one batch for each record type. */
export function mergedNow(context: QueryContext): LookUp {
  return async (records) => {
    const documents = await loadRecords(context, records);
    return new Map(
      documents.flatMap(({ type, id, mergedInto }) =>
        mergedInto ? [[recordKey({ type, id }), mergedInto] as const] : [],
      ),
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
