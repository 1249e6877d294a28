import { type Filter, familyOf, type KindOf, listKinds, type RecordType } from '#crm';
import { searchFilter } from '#read-store';
import { type AskedFilter, askFilter } from './ask-filter.js';
import {
  filterThroughMerges,
  type Pointing,
  pointingByAnyId,
  pointingById,
} from './filter-through-merges.js';
import { type Access, InvalidQuery, type QueryContext, within } from './query-context.js';
import { REFERENCES } from './resolve-references.js';

/** Which records of a type a caller asks for. */
export interface AskRecords {
  readonly type: RecordType;
  readonly access: Access;
  /** In the filter language, relative to now too. */
  readonly filter?: Filter;
  /** Words to search for in names, e-mails, phones and organisations. */
  readonly q?: string;
  readonly cursor?: string;
}

/** What is asked, ready for the store. */
export interface AskedRecords extends Omit<AskedFilter, 'filter'> {
  /** What the documents meet, the caller's access included; undefined when none can. */
  readonly wanted: Filter | undefined;
  readonly kindOf: KindOf;
}

/** Deleted and merged records are history, not work. */
export const STANDING: Filter = { status: { $nin: ['deleted', 'merged'] } };

const LONGEST_Q = 200;

/** How the members of a record type point that are shown through merges. */
function pointingOf(type: RecordType): Readonly<Record<string, Pointing>> {
  const fields = REFERENCES[type].map(([field, target]) => [field, pointingById(target)] as const);
  return { ...Object.fromEntries(fields), 'mergedInto.id': pointingByAnyId(familyOf(type)) };
}

/**
 * What lists and boards ask of records. Deleted and merged records are hidden unless the filter speaks of `status`.
 * @throws InvalidFilter, InvalidCursor, InvalidQuery
 */
export async function askRecords(context: QueryContext, query: AskRecords): Promise<AskedRecords> {
  const { type, access, q = '' } = query;
  if (q.length > LONGEST_Q) throw new InvalidQuery('q', `it has at most ${LONGEST_Q} characters`);
  const settings = await context.settings();
  const kindOf = listKinds(type, settings);
  const { filter, ...asked } = askFilter(query, kindOf, { settings, now: context.now() });
  const hidden = asked.fields.has('status') ? {} : STANDING;
  const widened = await filterThroughMerges(context, filter, pointingOf(type));
  return { ...asked, kindOf, wanted: within(access, widened, searchFilter(q), hidden) };
}
