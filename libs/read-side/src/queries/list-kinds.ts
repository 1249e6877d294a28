import { conditionKinds, type FieldKind, type KindOf, type RecordType, type Settings } from '#crm';
import type { SortKey } from '#read-store';
import { InvalidQuery } from './query-context.js';

/** What only lists know of a record. */
const ONLY_LISTED: Readonly<Record<string, FieldKind>> = {
  noteCount: 'number',
  revision: 'number',
  position: 'number',
};

/** The fields that a list of a record type can be filtered by. */
export function listKinds(type: RecordType, settings: Settings): KindOf {
  const kindOf = conditionKinds(type, settings);
  return (field) => (Object.hasOwn(ONLY_LISTED, field) ? ONLY_LISTED[field] : kindOf(field));
}

/** Kinds of one value, which has its place in an order. */
const SORTABLE: ReadonlySet<FieldKind> = new Set<FieldKind>([
  'text',
  'email',
  'url',
  'date',
  'percent',
  'record',
  'number',
  'select',
  'boolean',
  'user',
  'instant',
]);
/** Members of lists, and what merged records are found by alone. */
const WITHIN = /^(?:origins|attachments|conversions|mergedInto)\./;
const MOST_SORT_KEYS = 3;

/** @throws InvalidQuery naming the first field that cannot be sorted by */
export function checkSort(type: RecordType, sort: readonly SortKey[], kindOf: KindOf): void {
  if (sort.length > MOST_SORT_KEYS) {
    throw new InvalidQuery('sort', `it has at most ${MOST_SORT_KEYS} fields`);
  }
  for (const { field } of sort) {
    const kind = WITHIN.test(field) ? undefined : kindOf(field);
    if (kind === undefined || !SORTABLE.has(kind)) {
      throw new InvalidQuery('sort', `a list of ${type} records cannot be sorted by ${field}`);
    }
  }
}
