import fc from 'fast-check';
import { checkFilter, matches } from '#crm';
import { foldText, searchFilter, searchTokens } from './search-tokens.js';

function isFound(values: readonly string[], q: string): boolean {
  return matches(searchFilter(q), { search: searchTokens(values) });
}

describe('search tokens', () => {
  const khuong = [
    'Nguyễn Gia',
    'Khương',
    'Khuong.Nguyen@X-Corp.com.vn',
    '+84912345678',
    'Công ty TNHH O’Brien & Đức',
  ];

  it.each([
    'Nguyễn',
    'nguyen gia khuong',
    'Khương'.normalize('NFD'),
    'KHUO',
    'khuong.nguyen@x-corp.com.vn',
    'khuong.nguyen@x',
    'khuongnguyen',
    'x-corp.com.vn',
    '@x-corp',
    '+84 912 345 678',
    '+84912345678',
    '0912345678',
    '0912 345 678',
    '0912.345',
    '09123',
    '84 912',
    '0084912345678',
    'đức',
    'DUC',
    "o'brien",
    'obrien',
    'tnhh cong ty',
    'khuong 0912345678',
    '',
    '   ',
  ])('finds a person by %j', (q) => {
    expect(isFound(khuong, q)).toBe(true);
  });

  it.each([
    'Nguyen Van',
    'huong',
    '0913',
    'x-corp.com.vnx',
    '!!!',
    'khuong 0913345678',
    '.*',
    '^n',
  ])('does not find that person by %j', (q) => {
    expect(isFound(khuong, q)).toBe(q === '^n');
  });

  it('finds a number that was written in groups by the whole, the groups and a part', () => {
    for (const q of ['0912345678', '0912 345 678', '345 678', '(0912) 345-678', '0912345']) {
      expect(isFound(['0912 345 678'], q)).toBe(true);
    }
  });

  it('finds a number that was written as at home by its international forms, and none of others', () => {
    for (const q of ['+84912345678', '+84 912 345 678', '+84 912-345', '0084 912 345 678']) {
      expect(isFound(['0912 345 678'], q)).toBe(true);
      expect(isFound(['0913 345 678'], q)).toBe(false);
    }
  });

  it('finds a tax code with and without its branch', () => {
    for (const q of ['0312345678', '0312345678-001', '312345678']) {
      expect(isFound(['0312345678-001'], q)).toBe(true);
    }
  });

  it('keeps no token that another starts with', () => {
    expect(searchTokens(['Khuong', 'khuong.nguyen@x.vn'])).toEqual([
      'khuong.nguyen@x.vn',
      'khuongnguyen',
      'nguyen',
      'x.vn',
    ]);
  });

  it('folds what Unicode does not decompose', () => {
    expect(foldText('Đặng Łukasz Øre Straße ﬁ １２')).toBe('dang lukasz ore strasse fi 12');
  });

  it('stays within the limits of tokens and filters, whatever is given', () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.constantFrom('1', '0', ' ', '-', '.', '@', 'a', '\u0000', '\ud83d', 'ế'), {
          maxLength: 300,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.array(wild, { maxLength: 5 }), wild, (values, q) => {
        const tokens = searchTokens(values);
        expect(tokens.length).toBeLessThanOrEqual(40);
        expect(tokens.every((token) => token !== '' && token.length <= 64)).toBe(true);
        expect(() => checkFilter(searchFilter(q))).not.toThrow();
      }),
    );
  });

  it('finds by each of its words a text of letters', () => {
    const words = fc.array(fc.stringMatching(/^[a-zA-ZàếựĐ]{1,12}$/), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(words, (text) => {
        for (const word of text) expect(isFound([text.join(' ')], word)).toBe(true);
      }),
    );
  });
});
