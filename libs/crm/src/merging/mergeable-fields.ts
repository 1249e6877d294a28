import { FIELD_CATALOGUE } from '../record/catalogue.js';
import type { FieldType } from '../record/field.js';
import type { RecordType } from '../record/record-type.js';
import type { CustomFieldType, Settings } from '../settings/settings.js';

/** How the values of a field come together. */
export type MergeRule =
  /** The survivor's, or the first that is there. */
  | 'first'
  /** The survivor's, even when it has none. */
  | 'own'
  /** Money: filled only where all amounts are in one currency. */
  | 'one-currency'
  /** All entries, each once. */
  | 'united'
  /** United, with the e-mails that did not become the record's own. */
  | 'united-emails'
  /** All texts, one after the other. */
  | 'joined'
  /** The highest priority. */
  | 'highest';

/** The type of a default field or of a custom one. */
export type FieldKind = FieldType | CustomFieldType;

export interface MergeableField {
  /** Custom fields are named `custom.<key>`. */
  readonly field: string;
  readonly rule: MergeRule;
  readonly type: FieldKind;
  /** Of a multi-select field, in the order in which choices are kept. */
  readonly options?: readonly string[];
}

/** Fields with a rule of their own, whatever their type. */
const BY_NAME: Readonly<Record<string, MergeRule>> = {
  probability: 'own',
  priority: 'highest',
  otherEmails: 'united-emails',
};
const BY_TYPE: Readonly<Partial<Record<FieldKind, MergeRule>>> = {
  texts: 'united',
  emails: 'united',
  phones: 'united',
  'multi-select': 'united',
  longText: 'joined',
  money: 'one-currency',
};

/** Every field of a record type, with the rule of PRODUCT.md P3 that merging it follows. */
export function mergeableFields(type: RecordType, settings: Settings): readonly MergeableField[] {
  const own = FIELD_CATALOGUE[type].map(({ name, type }) => ({
    field: name,
    type,
    rule: BY_NAME[name] ?? BY_TYPE[type] ?? 'first',
  }));
  const custom = settings.customFields
    .filter((field) => field.recordType === type && !field.retired)
    .map(({ key, type, options }) => ({
      field: `custom.${key}`,
      type,
      rule: BY_TYPE[type] ?? ('first' as const),
      ...(type === 'multi-select' && { options }),
    }));
  return [...own, ...custom];
}
