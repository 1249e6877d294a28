import type { JsonObject } from '../kernel/json.js';
import {
  type CustomFieldDefinition,
  type CustomFieldType,
  NO_SETTINGS,
  type Settings,
} from '../settings/settings.js';
import { FIELD_CATALOGUE } from './catalogue.js';
import { readValues } from './read-values.js';
import { RECORD_TYPES, type RecordType } from './record-type.js';

function codes(
  type: RecordType,
  fields: JsonObject,
  custom: JsonObject = {},
  settings = NO_SETTINGS,
) {
  return readValues(type, fields, custom, settings).errors.map(({ path, code }) => [path, code]);
}

function readOne(type: RecordType, name: string, raw: JsonObject[string]) {
  const read = readValues(type, { [name]: raw }, {}, NO_SETTINGS);
  expect(read.errors).toEqual([]);
  return read.fields[name];
}

function withField(type: CustomFieldType, options: readonly string[] = []): Settings {
  const field: CustomFieldDefinition = {
    recordType: 'lead',
    key: 'extra',
    type,
    label: { en: 'Extra', vi: 'Thêm' },
    options,
    required: false,
    matchKey: false,
    retired: false,
  };
  return { ...NO_SETTINGS, customFields: [field] };
}

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
    expect(codes('lead', fields, custom)).toEqual([
      ['__proto__', 'unknown_field'],
      ['constructor', 'unknown_field'],
      ['nick', 'unknown_field'],
      ['custom.__proto__', 'unknown_field'],
      ['custom.toString', 'unknown_field'],
    ]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('refuses a field of another record type', () => {
    expect(codes('lead', { taxCode: '0312345678' })).toEqual([['taxCode', 'unknown_field']]);
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
    expect(codes('lead', { [name]: raw })).toEqual([[name, 'wrong_type']]);
  });

  it('never repeats a value in a message', () => {
    const secret = 'bí-mật\u0000';
    const fields = { email: secret, phones: [secret], website: secret, familyName: secret };
    const { errors } = readValues('lead', fields, {}, NO_SETTINGS);
    expect(errors).toHaveLength(4);
    expect(JSON.stringify(errors)).not.toContain('bí-mật');
  });
});

describe('a text', () => {
  it('is trimmed and in NFC', () => {
    expect(readOne('lead', 'givenName', ` ${'Khương'.normalize('NFD')}\n`)).toBe('Khương');
  });

  it.each(['a\u0000b', 'a\nb', 'a\tb', 'a\u007fb', 'a\u0085b', 'a\u202eb', 'a\u200bb', 'a\ufeffb'])(
    'refuses the character in %j',
    (raw) => {
      expect(codes('lead', { need: raw })).toEqual([['need', 'control_character']]);
    },
  );

  it('keeps joiners, with which emoji and scripts are spelt', () => {
    expect(readOne('lead', 'need', '👩‍💻')).toBe('👩‍💻');
  });

  it('refuses lone surrogates', () => {
    expect(codes('lead', { need: 'a\ud800b' })).toEqual([['need', 'malformed_text']]);
  });

  it('counts its length in characters', () => {
    expect(readOne('lead', 'need', '👍'.repeat(255))).toHaveLength(510);
    expect(codes('lead', { need: 'a'.repeat(256) })).toEqual([['need', 'too_long']]);
  });

  it('of many lines keeps them, with one kind of break', () => {
    expect(readOne('lead', 'description', 'một\r\n\thai\rba')).toBe('một\n\thai\nba');
    expect(codes('lead', { description: 'a\u0000' })).toEqual([
      ['description', 'control_character'],
    ]);
    expect(codes('lead', { description: 'a'.repeat(10_001) })).toEqual([
      ['description', 'too_long'],
    ]);
  });
});

describe('an e-mail', () => {
  it.each([
    ['Khuong@Example.VN', 'Khuong@Example.VN'],
    ['Nguyễn Gia Khương <khuong@example.vn>', 'khuong@example.vn'],
    ['"Nguyễn, <K>" <khuong@example.vn>', undefined],
    ['<khuong@example.vn>', 'khuong@example.vn'],
    ['khương@ví-dụ.vn', 'khương@ví-dụ.vn'],
    ['a.b+c@sub.example.co', 'a.b+c@sub.example.co'],
    ['a@xn--v-dma9f.vn', 'a@xn--v-dma9f.vn'],
  ])('%s is read as %s', (raw, address) => {
    if (address === undefined) expect(codes('lead', { email: raw })).toHaveLength(1);
    else expect(readOne('lead', 'email', raw)).toBe(address);
  });

  it.each([
    ...['a', 'a@', '@b.vn', 'a@b', 'a@@b.vn', 'a b@c.vn', 'a@b..vn', '.a@b.vn', 'a.@b.vn'],
    ...['a..b@c.vn', 'a@-b.vn', 'a@b-.vn', 'a@1.2.3.4', 'a@b.vn, c@d.vn', 'x <a@b.vn> y'],
    ...['a@b.vn;', 'mailto:a@b.vn', `${'a'.repeat(65)}@b.vn`],
  ])('%s is refused', (raw) => {
    expect(codes('lead', { email: raw })).toEqual([['email', 'invalid_email']]);
  });

  it('has 254 characters at most', () => {
    const domain = Array.from({ length: 5 }, () => 'a'.repeat(60)).join('.');
    expect(codes('lead', { email: `a@${domain}` })).toEqual([['email', 'too_long']]);
  });

  it('in a list is named by its place', () => {
    expect(codes('lead', { otherEmails: ['a@b.vn', 'nobody', 7] })).toEqual([
      ['otherEmails.1', 'invalid_email'],
      ['otherEmails.2', 'wrong_type'],
    ]);
  });
});

describe('a phone', () => {
  it.each([
    ...['0912 345 678', '+84 (0)912-345-678', '(028) 3822.1234', '028 3822 1234 ext. 12', '113'],
    ...['028/38221234 x5', '02838221234 máy lẻ 101', '(+84) 912 345 678', '0912–345–678'],
  ])('%s is kept as typed', (raw) => {
    expect(readOne('lead', 'phones', [raw])).toEqual([raw]);
  });

  it.each([
    ...[
      '12',
      'gọi sau',
      '0912a345678',
      '1'.repeat(21),
      '+',
      '09+12345678',
      '0912345678 hoặc 0987654321',
    ],
  ])('%s is refused', (raw) => {
    expect(codes('lead', { phones: [raw] })).toEqual([['phones.0', 'invalid_phone']]);
  });

  it('is listed once, and twenty times at most', () => {
    expect(readOne('lead', 'phones', ['0912 345 678', ' 0912 345 678 '])).toEqual(['0912 345 678']);
    const many = Array.from({ length: 21 }, (_, index) => `0912 345 6${index + 10}`);
    expect(codes('lead', { phones: many })).toEqual([['phones', 'too_many']]);
  });
});

describe('a web address', () => {
  it.each([
    ['minhphat.vn', 'https://minhphat.vn'],
    ['minhphat.vn:8080/lien-he?x=1#y', 'https://minhphat.vn:8080/lien-he?x=1#y'],
    ['HTTP://MinhPhat.vn/A', 'http://MinhPhat.vn/A'],
    ['https://ví-dụ.vn/đường', 'https://ví-dụ.vn/đường'],
    ['//minhphat.vn', 'https://minhphat.vn'],
    ['https://minhphat.vn/a?u=http://b.vn/@c', 'https://minhphat.vn/a?u=http://b.vn/@c'],
  ])('%s is read as %s', (raw, url) => {
    expect(readOne('lead', 'website', raw)).toBe(url);
  });

  it.each([
    ...[
      'javascript:alert(1)',
      'javascript://x.vn/%0aalert(1)',
      'JAVASCRIPT:a.b',
      'data:text/html,x',
    ],
    ...[
      'ftp://minhphat.vn',
      'mailto:a@b.vn',
      'https://user:pw@minhphat.vn',
      'không có',
      'localhost',
    ],
    ...[
      'https://',
      'https://.vn',
      'http://a b.vn',
      'https://minhphat.vn:99999',
      'file:///etc/passwd',
    ],
    ...['https://a.vn/<script>', 'vbscript:x.y', 'https://1'],
  ])('%s is refused', (raw) => {
    expect(codes('lead', { website: raw })).toEqual([['website', 'invalid_url']]);
  });

  it('has 2,048 characters at most', () => {
    expect(codes('lead', { website: `https://a.vn/${'b'.repeat(2_048)}` })).toEqual([
      ['website', 'too_long'],
    ]);
  });
});

describe('a date', () => {
  it.each(['2026-02-28', '2024-02-29', '1900-01-01', '2200-12-31'])('%s is a day', (raw) => {
    expect(readOne('opportunity', 'expectedCloseDate', raw)).toBe(raw);
  });

  it.each([
    ...[
      '2026-02-30',
      '2025-02-29',
      '2100-02-29',
      '1899-12-31',
      '2201-01-01',
      '2026-13-01',
      '2026-1-1',
    ],
    ...[
      '01/02/2026',
      '2026-02-28T00:00:00Z',
      '2026-00-10',
      '2026-01-00',
      '+002026-01-01',
      '２０２６-01-01',
    ],
  ])('%s is refused', (raw) => {
    expect(codes('opportunity', { expectedCloseDate: raw })).toEqual([
      ['expectedCloseDate', 'invalid_date'],
    ]);
  });
});

describe('money', () => {
  it('without a currency is in that of the settings', () => {
    expect(readOne('opportunity', 'expectedRevenue', { amount: 5 })).toEqual({
      amount: 5,
      currency: 'VND',
    });
  });

  it.each([
    [{ amount: 1.5, currency: 'VND' }, 'amount', 'invalid_amount'],
    [{ amount: 2 ** 53, currency: 'VND' }, 'amount', 'invalid_amount'],
    [{ amount: '5', currency: 'VND' }, 'amount', 'wrong_type'],
    [{ amount: null, currency: 'VND' }, 'amount', 'wrong_type'],
    [{ currency: 'VND' }, 'amount', 'required'],
    [{ amount: 5, currency: 'XQZ' }, 'currency', 'invalid_currency'],
    [{ amount: 5, currency: 'vnd' }, 'currency', 'invalid_currency'],
    [{ amount: 5, currency: 1 }, 'currency', 'wrong_type'],
    [{ amount: 5, currency: 'VND', tax: 1 }, 'tax', 'unknown_field'],
  ])('%j is refused', (raw, member, code) => {
    expect(codes('opportunity', { expectedRevenue: raw })).toEqual([
      [`expectedRevenue.${member}`, code],
    ]);
  });
});

describe('other values', () => {
  it.each([-0.1, 100.1])('a percentage of %d is refused', (raw) => {
    expect(codes('opportunity', { probability: raw })).toEqual([['probability', 'out_of_range']]);
  });

  it('a negative zero is a zero', () => {
    expect(Object.is(readOne('opportunity', 'probability', -0), 0)).toBe(true);
  });

  it('an address has texts and known members only', () => {
    const address = { street: 5, city: ' Huế ', planet: 'Trái Đất', ward: null };
    expect(codes('lead', { address })).toEqual([
      ['address.planet', 'unknown_field'],
      ['address.street', 'wrong_type'],
    ]);
    expect(readOne('lead', 'address', { city: ' Huế ', ward: null })).toEqual({ city: 'Huế' });
  });

  it('the id of a record is a UUID', () => {
    expect(codes('contact', { accountId: '42' })).toEqual([['accountId', 'invalid_id']]);
    expect(readOne('contact', 'accountId', '6E1F9D7C-1B0A-4B56-9A51-0A8F8BA2F0D4')).toBe(
      '6e1f9d7c-1b0a-4b56-9a51-0a8f8ba2f0d4',
    );
  });

  it('a list of texts has fifty at most', () => {
    const products = Array.from({ length: 51 }, (_, index) => `Camera ${index}`);
    expect(codes('lead', { products })).toEqual([['products', 'too_many']]);
  });
});

describe('a custom field', () => {
  it.each([
    ['text', ' a ', 'a'],
    ['number', 1.5, 1.5],
    ['money', { amount: 1 }, { amount: 1, currency: 'VND' }],
    ['date', '2026-03-01', '2026-03-01'],
    ['select', 'Đỏ'.normalize('NFD'), 'Đỏ'],
    ['multi-select', ['Xanh', 'Đỏ', 'Xanh'], ['Đỏ', 'Xanh']],
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
    expect(codes('lead', {}, { extra: raw }, withField(type, options))).toEqual([[path, code]]);
  });

  it('of another record type, or retired, is unknown', () => {
    const settings = withField('text');
    const retired = {
      ...settings,
      customFields: settings.customFields.map((field) => ({ ...field, retired: true })),
    };
    expect(codes('contact', {}, { extra: 'a' }, settings)).toEqual([
      ['custom.extra', 'unknown_field'],
    ]);
    expect(codes('lead', {}, { extra: 'a' }, retired)).toEqual([['custom.extra', 'unknown_field']]);
  });
});
