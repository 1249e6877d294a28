import { errorsOf, withField } from '../../test/read.js';
import { NO_SETTINGS } from '../settings/settings.js';
import { FIELD_CATALOGUE } from './catalogue.js';
import { readValues } from './read-values.js';
import { RECORD_TYPES } from './record-type.js';

describe('reading the values of a record', () => {
  it.each(RECORD_TYPES)('accepts every example of the %s catalogue unchanged', (type) => {
    const examples = Object.fromEntries(
      FIELD_CATALOGUE[type].map((field) => [field.name, field.example]),
    );
    expect(readValues(type, examples, {}, NO_SETTINGS)).toEqual({
      fields: examples,
      custom: {},
      errors: [],
    });
  });

  it('refuses unknown names with their path, those of the language too', () => {
    const fields = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": "x", "nick": "x"}');
    const custom = JSON.parse('{"__proto__": "x", "toString": "x"}');
    expect(errorsOf('lead', fields, custom)).toEqual([
      ['__proto__', 'unknown_field'],
      ['constructor', 'unknown_field'],
      ['nick', 'unknown_field'],
      ['custom.__proto__', 'unknown_field'],
      ['custom.toString', 'unknown_field'],
    ]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('refuses a field of another record type', () => {
    expect(errorsOf('lead', { taxCode: '0312345678' })).toEqual([['taxCode', 'unknown_field']]);
  });

  it('empties a field with null, an empty text, list or address', () => {
    const fields = {
      email: null,
      jobTitle: ' ',
      phones: [''],
      otherEmails: [],
      address: { city: '' },
    };
    expect(readValues('lead', fields, {}, NO_SETTINGS).fields).toEqual({
      email: null,
      jobTitle: null,
      phones: null,
      otherEmails: null,
      address: null,
    });
  });

  it('leaves out what is undefined', () => {
    expect(readValues('lead', { email: undefined }, {}, NO_SETTINGS).fields).toEqual({});
  });

  it.each([
    ['familyName', 1],
    ['familyName', ['a']],
    ['familyName', {}],
    ['familyName', true],
    ['email', 5],
    ['phones', '0912 345 678'],
    ['address', 'Lê Lợi'],
    ['address', []],
  ] as const)('refuses %s of another JSON type', (name, raw) => {
    expect(errorsOf('lead', { [name]: raw })).toEqual([[name, 'wrong_type']]);
  });

  it('never repeats a value in a message', () => {
    const secret = 'bí-mật\u0000';
    const fields = { email: secret, phones: [secret], website: secret, familyName: secret };
    const { errors } = readValues('lead', fields, {}, NO_SETTINGS);
    expect(errors).toHaveLength(4);
    expect(JSON.stringify(errors)).not.toContain('bí-mật');
  });
});

describe('a custom field', () => {
  it.each([
    ['text', ' a ', 'a'],
    ['number', 1.5, 1.5],
    ['money', { amount: 1 }, { amount: 1, currency: 'VND' }],
    ['date', '2026-03-01', '2026-03-01'],
    ['select', 'Đỏ'.normalize('NFD'), 'Đỏ'],
    ['select', ' đỎ ', 'Đỏ'],
    ['multi-select', ['Xanh', 'Đỏ', 'XANH'], ['Đỏ', 'Xanh']],
    ['boolean', false, false],
    ['user', '6e1f9d7c-1b0a-4b56-9a51-0a8f8ba2f0d4', '6e1f9d7c-1b0a-4b56-9a51-0a8f8ba2f0d4'],
  ] as const)('of type %s reads %j', (type, raw, value) => {
    const options = type.endsWith('select') ? ['Đỏ', 'Xanh'] : [];
    const read = readValues('lead', {}, { extra: raw }, withField(type, options));
    expect(read).toEqual({ fields: {}, custom: { extra: value }, errors: [] });
  });

  it.each([
    ['text', 1, 'custom.extra', 'wrong_type'],
    ['number', '1', 'custom.extra', 'wrong_type'],
    ['number', Number.POSITIVE_INFINITY, 'custom.extra', 'invalid_number'],
    ['select', 'Tím', 'custom.extra', 'unknown_option'],
    ['multi-select', ['Đỏ', 'Tím'], 'custom.extra.1', 'unknown_option'],
    ['multi-select', 'Đỏ', 'custom.extra', 'wrong_type'],
    ['boolean', 'true', 'custom.extra', 'wrong_type'],
    ['user', 'Khương', 'custom.extra', 'invalid_id'],
  ] as const)('of type %s refuses %j', (type, raw, path, code) => {
    const options = type.endsWith('select') ? ['Đỏ', 'Xanh'] : [];
    expect(errorsOf('lead', {}, { extra: raw }, withField(type, options))).toEqual([[path, code]]);
  });

  it('keeps an option that the record holds and nobody else can choose any more', () => {
    const select = withField('select', ['Xanh']);
    expect(readValues('lead', {}, { extra: 'Đỏ' }, select, { extra: 'Đỏ' }).errors).toEqual([]);
    expect(readValues('lead', {}, { extra: 'Đỏ' }, select, { extra: 'Xanh' }).errors).toHaveLength(
      1,
    );
    const several = withField('multi-select', ['Xanh', 'Tím']);
    const held = { extra: ['Xanh', 'Đỏ'] };
    const read = (raw: readonly string[]) => readValues('lead', {}, { extra: raw }, several, held);
    expect(read(['Đỏ', 'Xanh']).custom).toEqual(held);
    expect(read(['Tím', 'Đỏ']).custom).toEqual({ extra: ['Đỏ', 'Tím'] });
    expect(read(['Đen']).errors).toHaveLength(1);
  });

  it('of another record type, or retired, is unknown', () => {
    const settings = withField('text');
    const retired = {
      ...settings,
      customFields: settings.customFields.map((field) => ({ ...field, retired: true })),
    };
    expect(errorsOf('contact', {}, { extra: 'a' }, settings)).toEqual([
      ['custom.extra', 'unknown_field'],
    ]);
    expect(errorsOf('lead', {}, { extra: 'a' }, retired)).toEqual([
      ['custom.extra', 'unknown_field'],
    ]);
  });
});
