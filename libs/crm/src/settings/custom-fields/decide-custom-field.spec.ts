import { given } from '../../../test/given.js';
import { settingsDecider } from '../settings-decider.js';
import type { SettingsEvent } from '../settings-events.js';
import type { CustomFieldInput } from './custom-field-commands.js';

const FIELD: CustomFieldInput = {
  recordType: 'lead',
  key: 'budget',
  type: 'select',
  label: { en: 'Budget', vi: 'Ngân sách' },
  options: ['Thấp', 'Cao'],
};
const FIELD_DEFINED: SettingsEvent = {
  type: 'CustomFieldDefined',
  data: {
    definition: {
      ...FIELD,
      options: ['Thấp', 'Cao'],
      required: false,
      matchKey: false,
      retired: false,
    },
  },
};
const budget = { recordType: 'lead', key: 'budget' } as const;

describe('a custom field', () => {
  it('is defined once', () => {
    const define = { kind: 'define-custom-field', definition: FIELD } as const;
    given(settingsDecider).when(define).decides(FIELD_DEFINED);
    given(settingsDecider, [FIELD_DEFINED]).when(define).decides();
    given(settingsDecider, [FIELD_DEFINED])
      .when({ ...define, definition: { ...FIELD, type: 'text', options: [] } })
      .refused('custom_field_exists', 'key');
  });

  it('has a key that differs from others by more than its case', () => {
    const definition = { ...FIELD, key: 'Budget' };
    given(settingsDecider, [FIELD_DEFINED])
      .when({ kind: 'define-custom-field', definition })
      .refused('custom_field_exists', 'key');
    const conversionId = '55555555-5555-4555-8555-555555555555';
    given(settingsDecider, [FIELD_DEFINED])
      .when({ kind: 'define-custom-field', definition, conversionId })
      .after();
  });

  it('of one record type leaves the key free on another', () => {
    const { customFields } = given(settingsDecider, [FIELD_DEFINED])
      .when({ kind: 'define-custom-field', definition: { ...FIELD, recordType: 'contact' } })
      .after();
    expect(customFields.map(({ recordType }) => recordType)).toEqual(['lead', 'contact']);
  });

  it.each<[string, object, readonly string[]]>([
    ['an unknown record type', { recordType: 'toString' }, ['recordType']],
    ['an unknown type', { type: 'json', options: [] }, ['type']],
    ['the key of a default field', { key: 'email' }, ['key']],
    ['a reserved key', { key: 'ownerId' }, ['key']],
    ['a key of the language', { key: 'constructor' }, ['key']],
    ['a key with a dot', { key: 'a.b' }, ['key']],
    ['the key __proto__', { key: '__proto__' }, ['key']],
    ['a key that starts with $', { key: '$where' }, ['key']],
    ['a label in one language', { label: { en: 'Budget' } }, ['label.vi']],
    ['a select without options', { options: [] }, ['options']],
    ['options of a text', { type: 'text' }, ['options']],
    ['the key of a default field in other letters', { key: 'eMail' }, ['key']],
    ['a reserved key in other letters', { key: 'OwnerID' }, ['key']],
    ['an option twice', { options: ['Cao', 'Cao '] }, ['options.1']],
    ['an option twice in other letters', { options: ['Cao', 'CAO'] }, ['options.1']],
    ['choices as a sign of duplicates', { matchKey: true }, ['matchKey']],
    [
      'yes or no as a sign of duplicates',
      { type: 'boolean', options: [], matchKey: true },
      ['matchKey'],
    ],
    ['an empty option', { options: [''] }, ['options.0']],
    ['a flag that is none', { required: 'yes' }, ['required']],
  ])('is refused with %s', (_what, part, paths) => {
    given(settingsDecider)
      .when({ kind: 'define-custom-field', definition: { ...FIELD, ...part } })
      .refused('invalid_fields', ...paths);
  });

  it('that a conversion carries over may bear the name of a default field', () => {
    const definition = { ...FIELD, recordType: 'account', key: 'taxCode' } as const;
    const conversionId = '55555555-5555-4555-8555-555555555555';
    const { customFields } = given(settingsDecider)
      .when({ kind: 'define-custom-field', definition, conversionId })
      .after();
    expect(customFields).toHaveLength(1);
  });

  it('that a conversion carried over already is left as it became', () => {
    given(settingsDecider, [FIELD_DEFINED])
      .when({
        kind: 'define-custom-field',
        definition: { ...FIELD, label: { en: 'Other', vi: 'Khác' } },
        conversionId: '55555555-5555-4555-8555-555555555555',
      })
      .decides();
  });

  it('is edited but for its type', () => {
    given(settingsDecider, [FIELD_DEFINED])
      .when({ kind: 'edit-custom-field', ...budget, options: ['Cao'], required: true })
      .decides({
        type: 'CustomFieldEdited',
        data: {
          ...budget,
          changes: [
            { field: 'options', from: ['Thấp', 'Cao'], to: ['Cao'] },
            { field: 'required', from: false, to: true },
          ],
        },
      });
    given(settingsDecider, [FIELD_DEFINED])
      .when({ kind: 'edit-custom-field', ...budget, options: [] })
      .refused('invalid_fields', 'options');
  });

  it('retires once, and can come back with the same type', () => {
    const retired: SettingsEvent = { type: 'CustomFieldRetired', data: budget };
    const retire = { kind: 'retire-custom-field', ...budget } as const;
    given(settingsDecider, [FIELD_DEFINED]).when(retire).decides(retired);
    const after = given(settingsDecider, [FIELD_DEFINED, retired]);
    after.when(retire).decides();
    after
      .when({ kind: 'edit-custom-field', ...budget, required: true })
      .refused('custom_field_retired');
    after.when({ kind: 'define-custom-field', definition: FIELD }).decides(FIELD_DEFINED);
    after
      .when({ kind: 'define-custom-field', definition: { ...FIELD, type: 'multi-select' } })
      .refused('custom_field_exists', 'key');
  });

  it('that is not there cannot be edited', () => {
    given(settingsDecider)
      .when({ kind: 'edit-custom-field', ...budget })
      .refused('custom_field_not_found');
  });
});
