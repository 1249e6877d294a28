import type { Uuid } from '../kernel/ids.js';

/** Records that people keep: each has its own stream, fields, owner and history. */
export const RECORD_TYPES = ['lead', 'opportunity', 'contact', 'account'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** The PascalCase name that starts the record type's event types. */
export type RecordName = Capitalize<RecordType>;

/** Points at a record. */
export type RecordRef = {
  readonly type: RecordType;
  readonly id: Uuid;
};

/** True when both point at the same record. */
export function sameRecord(left: RecordRef, right: RecordRef): boolean {
  return left.type === right.type && left.id === right.id;
}

/** Nothing but what points at the record. */
export function refOf({ type, id }: RecordRef): RecordRef {
  return { type, id };
}

/** Each record once, in the order given. */
export function eachOnce(records: readonly RecordRef[]): readonly RecordRef[] {
  const once = new Map(records.map((record) => [`${record.type}:${record.id}`, refOf(record)]));
  return [...once.values()];
}

/** `Lead` for `lead`. */
export function recordName<Type extends RecordType>(type: Type): Capitalize<Type> {
  return (type[0]?.toUpperCase() + type.slice(1)) as Capitalize<Type>;
}

/** `a lead`, `an opportunity`. */
export function aRecord(type: RecordType): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** The stream of one record: `lead-<uuid>`. Activities have streams of the same form. */
export function recordStream(type: RecordType | 'activity', id: Uuid): string {
  return `${type}-${id}`;
}

/** The plural in paths and collections: `leads`, `opportunities`. */
export const PLURALS: Readonly<Record<RecordType | 'activity', string>> = {
  lead: 'leads',
  opportunity: 'opportunities',
  contact: 'contacts',
  account: 'accounts',
  activity: 'activities',
};
