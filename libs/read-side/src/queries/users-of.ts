import { type Filter, PLURALS, RECORD_TYPES, type RecordRef, type Uuid } from '#crm';
import type { Document } from '#read-store';
import { ACTIVITIES } from '../activities/activity-document.js';
import { CONVERSIONS, type ConversionDocument } from '../conversions/conversion-projection.js';
import { recordKey } from '../records/record-key.js';
import type { QueryContext } from './query-context.js';
import { REFERENCES } from './resolve-references.js';

/** What may make use of a record. */
export interface RecordUsers {
  readonly records: readonly RecordRef[];
  readonly activities: readonly Uuid[];
  readonly conversions: readonly { readonly leadId: Uuid; readonly conversionId: Uuid }[];
}

/** Most that are named of each kind. */
const MOST = 200;

/** Record types with fields that point at records, and which those are. */
const POINTING = RECORD_TYPES.flatMap((type) =>
  REFERENCES[type].map(([field, target]) => ({ type, field, target })),
);

/** The collections that `findUsers` looks in. */
export const USERS_IN: readonly string[] = [
  ...new Set(POINTING.map(({ type }) => PLURALS[type])),
  ACTIVITIES.name,
  CONVERSIONS.name,
];

/**
 * Records that point at a record, activities that concern it, and conversions that made, changed or linked to it, whoever may see them.
 * Only found here: who decides confirms them against their streams.
 */
export async function findUsers(
  { readStore, models }: QueryContext,
  record: RecordRef,
): Promise<RecordUsers> {
  const find = async <Doc extends Document>(collection: string, filter: Filter) =>
    (await readStore.find<Doc>(models.live(collection), { filter, sort: [], limit: MOST }))
      .documents;
  const pointing = POINTING.filter(({ target }) => target === record.type);
  const hidden = { status: { $ne: 'deleted' } };
  const [records, activities, conversions] = await Promise.all([
    Promise.all(
      pointing.map(async ({ type, field }): Promise<readonly RecordRef[]> => {
        const found = await find(PLURALS[type], { [field]: record.id, ...hidden });
        return found.map(({ id }) => ({ type, id }));
      }),
    ),
    find(ACTIVITIES.name, { linkKeys: recordKey(record), ...hidden }),
    find<ConversionDocument>(CONVERSIONS.name, { targetIds: record.id }),
  ]);
  return {
    records: records.flat().slice(0, MOST),
    activities: activities.map(({ id }) => id),
    conversions: conversions.map(({ id, leadId }) => ({ leadId, conversionId: id })),
  };
}
