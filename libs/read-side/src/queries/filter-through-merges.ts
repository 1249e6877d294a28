import { absorbedThrough, type Filter, type RecordRef, type RecordType, refOf } from '#crm';
import { recordKey, recordOfKey } from '../records/record-key.js';
import { livingEnds, mergedNow } from './living-ends.js';
import { loadRecords } from './load-records.js';
import type { QueryContext } from './query-context.js';
import { type Widen, widened } from './widen-filter.js';

/** How texts of a member of documents point at records. */
export interface Pointing {
  /** The records that a text may point at: one, or one of each type that it may be of. */
  read(text: string): readonly RecordRef[];
  /** The text that points at a record, if one of this member can. */
  write(record: RecordRef): string | undefined;
}

/**
 * The filter with every record that is asked for by reference widened to all that its living end stands for: what points at a record
 * that was merged away is found under the one that took its place, by the name of either. A batch of look-ups for each link of the longest
 * chain, one more where anything was merged away, and none when the filter asks for no reference.
 */
export async function filterThroughMerges(
  context: QueryContext,
  filter: Filter,
  pointing: Readonly<Record<string, Pointing>>,
): Promise<Filter> {
  const asked: RecordRef[] = [];
  const members = new Set(Object.keys(pointing));
  widened(filter, members, (member, text) => {
    asked.push(...(pointing[member]?.read(text) ?? []));
    return [text];
  });
  if (asked.length === 0) return filter;
  const [ends, known] = await Promise.all([
    livingEnds(asked, mergedNow(context)),
    familiesOf(context, asked),
  ]);
  const endOf = (record: RecordRef) => ends.get(recordKey(record)) ?? record;
  const others = [...ends.values()].filter((end) => !known.has(recordKey(end)));
  const families = new Map([...known, ...(await familiesOf(context, others))]);
  const widen: Widen = (member, text) => {
    const how = pointing[member];
    const all = (how?.read(text) ?? []).flatMap((record) => {
      const end = endOf(record);
      return families.get(recordKey(end)) ?? [end];
    });
    const texts = all.flatMap((record) => how?.write(record) ?? []);
    return texts.length > 0 ? [...new Set(texts)] : [text];
  };
  return widened(filter, members, widen);
}

/** Records with all that they stand for, by record key. */
async function familiesOf(
  context: QueryContext,
  ends: readonly RecordRef[],
): Promise<ReadonlyMap<string, readonly RecordRef[]>> {
  const documents = await loadRecords(context, ends);
  return new Map(
    documents.map((document) => [
      recordKey(document),
      [refOf(document), ...absorbedThrough(document.absorbed ?? [])],
    ]),
  );
}

/** A member that holds the bare id of a record of one type. */
export function pointingById(type: RecordType): Pointing {
  return {
    read: (id) => [{ type, id }],
    write: (record) => (record.type === type ? record.id : undefined),
  };
}

/** A member that holds the bare id of a record of one of some types. */
export function pointingByAnyId(types: readonly RecordType[]): Pointing {
  return {
    read: (id) => types.map((type) => ({ type, id })),
    write: (record) => record.id,
  };
}

/** A member that holds record keys. */
export const POINTING_BY_KEY: Pointing = {
  read: (key) => {
    const record = recordOfKey(key);
    return record ? [record] : [];
  },
  write: recordKey,
};
