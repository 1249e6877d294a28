import { NO_SETTINGS, type Settings } from '../settings/settings.js';
import { bindColumns } from './bind-columns.js';
import { defaultMapping } from './default-mapping.js';
import type { ImportMapping, ImportOptions } from './import-mapping.js';
import type { NameLookups } from './read-cell.js';
import { refuseUnreadable } from './read-mapping.js';
import { rowReader } from './read-row.js';
import { contentOf, rowCommandId } from './row-identity.js';

const THU = '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11';
const NAMES: NameLookups = {
  user: (text) => (text === 'thu@example.vn' ? THU : text === 'Lan' ? 'ambiguous' : undefined),
  team: () => undefined,
};
const field = (key: string, type: 'number' | 'boolean' | 'multi-select' | 'money') => ({
  ...({ recordType: 'lead', key, type, label: { en: `My ${key}`, vi: key } } as const),
  ...{ options: ['a', 'b'], required: false, matchKey: false, retired: false },
});
const SETTINGS: Settings = {
  ...NO_SETTINGS,
  customFields: [
    field('seats', 'number'),
    field('vat', 'boolean'),
    field('kinds', 'multi-select'),
    field('budget', 'money'),
  ],
};

function read(mapping: ImportMapping, cells: readonly string[], options: ImportOptions = {}) {
  const header = cells.map((_, index) => `c${index}`);
  const bound = bindColumns('lead', mapping, header, SETTINGS);
  return rowReader('lead', bound, options, NAMES, SETTINGS)(cells);
}
const c = (index: number) => ({ column: `c${index}` });

describe('a row becomes a capture', () => {
  it('with its fields, parts of the address, custom fields, tags, owner and constants', () => {
    const mapping = {
      givenName: c(0),
      phones: { ...c(1), separator: '/' },
      'address.city': c(2),
      'custom.seats': c(3),
      'custom.vat': c(4),
      'custom.kinds': c(5),
      'custom.budget': { ...c(6), currency: 'USD', decimal: ',' },
      tags: c(7),
      owner: c(8),
      source: { value: 'Hội chợ' },
    } as const;
    const cells = ['Khương', '0912 / 0913', 'Huế', '12.5', 'Có', 'b; a', '1.234,50', 'VIP;;Gấp'];
    const { command, errors } = read(mapping, [...cells, 'thu@example.vn']);
    expect(errors).toEqual([]);
    expect(command).toEqual({
      kind: 'capture',
      fields: {
        givenName: 'Khương',
        phones: ['0912', '0913'],
        source: 'Hội chợ',
        address: { city: 'Huế' },
      },
      custom: {
        seats: 12.5,
        vat: true,
        kinds: ['b', 'a'],
        budget: { amount: 123_450, currency: 'USD' },
      },
      tags: ['VIP', 'Gấp'],
      ownerId: THU,
    });
  });

  it('leaves out what is empty', () => {
    const { command } = read({ givenName: c(0), email: c(1), tags: c(2) }, [' ', '', '']);
    expect(command).toEqual({ kind: 'capture', fields: {}, custom: {}, tags: [] });
  });

  it('takes line breaks within a cell for the ends of a list’s entries', () => {
    expect(read({ phones: c(0) }, ['0912\r\n0913']).command.fields).toEqual({
      phones: ['0912', '0913'],
    });
  });

  it('takes an amount without a currency in that of the settings, which has no decimals', () => {
    const { command } = read({ 'custom.budget': c(0) }, ['25,000,000']);
    expect(command.custom).toEqual({ budget: { amount: 25_000_000, currency: 'VND' } });
  });

  it('says when it happened, in the zone of the file', () => {
    const options = { dateFormat: 'd/M/yyyy', timeZone: 'Asia/Ho_Chi_Minh' };
    expect(read({ occurredAt: c(0) }, ['1/3/2017'], options).occurredAt).toBe(
      '2017-02-28T17:00:00.000Z',
    );
    expect(read({ occurredAt: c(0) }, ['2017-03-01T09:00:00+07:00']).occurredAt).toBe(
      '2017-03-01T02:00:00.000Z',
    );
  });

  it('tells of every cell that cannot be read, and repeats none of them', () => {
    const mapping = { 'custom.seats': c(0), 'custom.vat': c(1), owner: c(2), occurredAt: c(3) };
    const { errors } = read(mapping, ['many', 'perhaps', 'Lan', 'yesterday']);
    expect(errors.map(({ path, code }) => [path, code])).toEqual([
      ['custom.seats', 'invalid_number'],
      ['custom.vat', 'invalid_boolean'],
      ['owner', 'ambiguous_user'],
      ['occurredAt', 'invalid_instant'],
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/many|perhaps|Lan|yesterday/);
  });
});

describe('a row’s identity', () => {
  const row = (givenName: string) => read({ givenName: c(0) }, [givenName]);
  it('is its content, whatever else is there', () => {
    expect(contentOf(row('An'))).toBe(contentOf(row('An')));
    expect(contentOf(row('An'))).not.toBe(contentOf(row('Ân')));
  });

  it('differs by importer, record type, key and ordinal', () => {
    const ids = [
      rowCommandId('me', 'lead', { key: '7' }),
      rowCommandId('you', 'lead', { key: '7' }),
      rowCommandId('me', 'contact', { key: '7' }),
      rowCommandId('me', 'lead', { content: '7', ordinal: 1 }),
      rowCommandId('me', 'lead', { content: '7', ordinal: 2 }),
    ];
    expect(new Set(ids).size).toBe(5);
  });
});

describe('a mapping by headers', () => {
  it('goes by names and labels in both languages, without case and punctuation', () => {
    const header = ['GIVEN NAME', 'Họ và đệm', 'e-mail', 'my_seats', 'Người phụ trách', 'Other'];
    expect(defaultMapping('lead', header, SETTINGS)).toEqual({
      givenName: { column: 'GIVEN NAME' },
      familyName: { column: 'Họ và đệm' },
      email: { column: 'e-mail' },
      'custom.seats': { column: 'my_seats' },
      owner: { column: 'Người phụ trách' },
    });
  });

  it('finds headers in another Unicode form', () => {
    const header = ['Điện thoại'.normalize('NFD')];
    const mapping = defaultMapping('lead', header, SETTINGS);
    expect(mapping).toEqual({ phones: { column: 'Điện thoại' } });
    expect(bindColumns('lead', mapping, header, SETTINGS)[0]?.index).toBe(0);
  });

  it('of two columns for one field takes the first', () => {
    expect(defaultMapping('account', ['name', 'Company'], SETTINGS)).toEqual({
      name: { column: 'name' },
    });
  });
});

describe('a mapping is refused', () => {
  const codes = (run: () => void) => {
    try {
      run();
    } catch (error) {
      const { errors } = error as { errors: readonly { path: string; code: string }[] };
      return errors.map(({ path, code }) => [path, code]);
    }
    return [];
  };

  it('for unknown fields, empty sources, and formats that are none', () => {
    const mapping = {
      nosuch: c(0),
      'custom.nosuch': c(0),
      email: { column: ' ' },
      owner: c(0),
      ownerId: c(1),
      occurredAt: { ...c(0), dateFormat: 'q', timeZone: 'Nowhere/City' },
    };
    const options = { key: 'taxCode', currency: 'ABC' };
    expect(codes(() => refuseUnreadable('lead', mapping, options, SETTINGS))).toEqual([
      ['options.currency', 'invalid_currency'],
      ['mapping.nosuch', 'unknown_field'],
      ['mapping.custom.nosuch', 'unknown_field'],
      ['mapping.email', 'required'],
      ['mapping.occurredAt.dateFormat', 'invalid_date_format'],
      ['mapping.occurredAt.timeZone', 'unknown_time_zone'],
      ['mapping.owner', 'ambiguous'],
      ['options.key', 'not_mapped'],
    ]);
  });

  it('for columns that the file does not have, or has twice', () => {
    const broken = { email: { column: 'Thư điện tử' } };
    expect(bindColumns('lead', broken, ['Thư\n điện tử '], SETTINGS)[0]?.index).toBe(0);
    const mapping = { email: { column: 'Mail' }, givenName: { column: 'Tên' } };
    expect(codes(() => bindColumns('lead', mapping, ['Tên', 'Tên'], SETTINGS))).toEqual([
      ['mapping.email', 'unknown_column'],
      ['mapping.givenName', 'ambiguous_column'],
    ]);
  });
});
