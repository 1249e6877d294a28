import type { RecordType } from '../record/record-type.js';
import type { Settings } from '../settings/settings.js';
import { conditionKinds } from './condition-kinds.js';
import type { FieldKind, KindOf } from './field-kind.js';

/** A field that a list is sorted by. */
export type ListOrder = {
  readonly field: string;
  readonly direction: 'ascending' | 'descending';
};

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

/** Why a list of the type cannot be sorted so, if it cannot. */
export function whyNotSorted(
  type: RecordType,
  sort: readonly ListOrder[],
  kindOf: KindOf,
): string | undefined {
  if (sort.length > MOST_SORT_KEYS) return `it has at most ${MOST_SORT_KEYS} fields`;
  for (const { field } of sort) {
    const kind = WITHIN.test(field) ? undefined : kindOf(field);
    if (kind === undefined || !SORTABLE.has(kind)) {
      return `a list of ${type} records cannot be sorted by ${field}`;
    }
  }
  return undefined;
}
