import { behindOf, PLURALS, RECORD_TYPES, type RecordRef, refOf } from '#crm';
import type { RecordDocument } from '../records/record-document.js';
import { recordKey } from '../records/record-key.js';
import { loadRecords } from './load-records.js';
import type { QueryContext } from './query-context.js';

/**
 * Records behind one that are looked into: ten merges of the most records that one merge takes. It bounds what a page costs: a look-up
 * for each of them, and a cursor that has a place in each. Where there are more, what is read says that it is incomplete.
 */
export const MOST_BEHIND = 500;

/** Read models that tell what is behind a record. */
export const BEHIND_READ_FROM: readonly string[] = RECORD_TYPES.map((type) => PLURALS[type]);

/** What one record stands for and came from. */
export interface Behind {
  /** The nearest first, and of those equally near the latest. */
  readonly refs: readonly RecordRef[];
  /** Those of them that the read models have, in the same order, whoever may see them. */
  readonly documents: readonly RecordDocument[];
  /** True when there are more than are looked into. */
  readonly incomplete: boolean;
}

/**
 * The records behind one: what was merged into it and what it came from by conversion, and all that is behind those (PRODUCT.md P2,
 * P3: a contact that was converted from a survivor shows what came with the records merged into that). A batch of look-ups for each
 * step, and none for a record that stands for itself alone.
 */
export async function recordsBehind(
  context: QueryContext,
  record: RecordDocument,
): Promise<Behind> {
  const seen = new Set([recordKey(record)]);
  const refs: RecordRef[] = [];
  const documents: RecordDocument[] = [];
  let incomplete = false;
  for (let step: readonly RecordRef[] = latestFirst(record); step.length > 0; ) {
    const fresh = step.filter((ref) => !seen.has(recordKey(ref)) && seen.add(recordKey(ref)));
    const taken = fresh.slice(0, MOST_BEHIND - refs.length);
    incomplete ||= taken.length < fresh.length;
    refs.push(...taken);
    const loaded = await loadRecords(context, taken);
    documents.push(...loaded);
    step = loaded.flatMap(latestFirst);
  }
  return { refs, documents, incomplete };
}

function latestFirst({ absorbed = [], origins }: RecordDocument): readonly RecordRef[] {
  return behindOf({ absorbed, origins }).map(refOf).reverse();
}

/** The keys of a record and of those behind it. */
export function keysAround(record: RecordDocument, { refs }: Behind): readonly string[] {
  return [recordKey(record), ...refs.map(recordKey)];
}
