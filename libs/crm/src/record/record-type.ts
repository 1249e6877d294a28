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
