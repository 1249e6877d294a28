import fc from 'fast-check';
import { type CustomFieldDefinition, NO_SETTINGS, type Settings } from '../../settings/settings.js';
import { FIELD_CATALOGUE } from '../catalogue.js';
import { readValues } from '../read-values.js';
import type { RawValues } from '../record-commands.js';
import { RECORD_TYPES } from '../record-type.js';
import { ADDRESS_MEMBERS } from './address.js';

const custom = (key: string, type: CustomFieldDefinition['type']): CustomFieldDefinition => ({
  recordType: 'lead',
  key,
  type,
  label: { en: key, vi: key },
  options: type.endsWith('select') ? ['Đỏ', 'Xanh', 'b'] : [],
  required: false,
  matchKey: false,
  retired: false,
});

const SETTINGS: Settings = {
  ...NO_SETTINGS,
  customFields: [
    custom('t', 'text'),
    custom('n', 'number'),
    custom('m', 'money'),
    custom('d', 'date'),
    custom('s', 'select'),
    custom('ms', 'multi-select'),
    custom('b', 'boolean'),
    custom('u', 'user'),
  ],
};

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('Khương'.normalize('NFD'), ' a ', 'A <a@B.vn>', '0912 345 678', 'minhphat.vn'),
  fc.constantFrom('2026-02-28', 'Đỏ', 'b', '6E1F9D7C-1B0A-4B56-9A51-0A8F8BA2F0D4', 'a\r\nb'),
);
const value = fc.oneof(
  text,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 4 }),
  fc.record({ amount: fc.oneof(fc.maxSafeInteger(), text), currency: fc.constantFrom('VND', 'X') }),
  fc.record(Object.fromEntries(ADDRESS_MEMBERS.map((member) => [member, text])), {
    requiredKeys: [],
  }),
  fc.jsonValue(),
);

describe('reading values', () => {
  it('twice is the same as once, and never throws', () => {
    const input = fc.constantFrom(...RECORD_TYPES).chain((type) =>
      fc.record({
        type: fc.constant(type),
        fields: fc.dictionary(
          fc.oneof(
            { weight: 9, arbitrary: fc.constantFrom(...FIELD_CATALOGUE[type].map((f) => f.name)) },
            fc.string(),
          ),
          value,
        ),
        custom: fc.dictionary(
          fc.oneof(
            { weight: 9, arbitrary: fc.constantFrom('t', 'n', 'm', 'd', 's', 'ms', 'b', 'u') },
            fc.string(),
          ),
          value,
        ),
      }),
    );
    fc.assert(
      fc.property(input, ({ type, fields, custom }) => {
        const once = readValues(type, fields as RawValues, custom as RawValues, SETTINGS);
        const twice = readValues(type, once.fields, once.custom, SETTINGS);
        expect(twice).toEqual({ fields: once.fields, custom: once.custom, errors: [] });
      }),
      { numRuns: 2_000 },
    );
  });
});
