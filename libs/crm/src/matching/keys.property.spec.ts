import fc from 'fast-check';
import { domainKey } from './domain-key.js';
import { emailKey, weakEmailKey } from './email-key.js';
import { personNameKey, weakPersonNameKey } from './name-key.js';
import { organisationKey } from './organisation-key.js';
import { phoneKey } from './phone-key.js';
import { taxCodeKey, weakTaxCodeKey } from './tax-code-key.js';
import { weakOrganisationKey } from './weak-organisation-key.js';

const NORMALISATIONS: Readonly<Record<string, (raw: string) => string | undefined>> = {
  email: emailKey,
  phone: (raw) => phoneKey(raw, 'VN'),
  organisation: organisationKey,
  name: (raw) => personNameKey(raw, ''),
  'weak name': (raw) => weakPersonNameKey(raw, ''),
  'tax code': taxCodeKey,
  'weak e-mail': weakEmailKey,
  'weak organisation': weakOrganisationKey,
  'weak tax code': weakTaxCodeKey,
  domain: domainKey,
};

/** Texts rich in what normalisations look at, beside any Unicode. */
const piece = fc.constantFrom(
  ...['Công ty', 'TNHH', 'MTV', 'CTCP', 'Co.', 'Ltd', 'Inc', 'Hợp tác xã', 'J.S.C.', 'Company'],
  ...['Nguyễn', 'ĐẶNG', 'İ', 'ı', 'ß', 'ẞ', 'Σ', 'ς', 'i\u0307\u0307', '\u0301', '\u200b', "'"],
  ...['+84', '0', '00', '84', '912345678', ' ext 3', '-', '.', ',', '(', ')', 'MST'],
  ...[
    'Minh',
    'Thương mại',
    'TM',
    'TMDV',
    '&',
    'và',
    'Trading',
    'Import Export',
    'c',
    'n',
    'd',
    'v',
  ],
  ...['Mr.', 'Bà', 'cô', 'O’', 'khuong.85', '+tag', '@gmail.com', 'info', 'https://', 'www.', '/'],
  ...['0168', '1234567', 'máy lẻ', '0312345678', '-001', '312345678', 'facebook.com', ':80'],
  ...['a@b.vn', '<', '>', '"', 'ﬁ', 'ŉ', 'ǰ', 'ΐ', '가', '각'.normalize('NFD')],
);
const text = fc.oneof(
  fc.array(fc.oneof(piece, fc.constant(' ')), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

describe.each(Object.entries(NORMALISATIONS))('normalising a %s', (_name, normalise) => {
  it('twice is the same as once', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const once = normalise(raw);
        if (once !== undefined) expect(normalise(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives one key for NFC and NFD, never an empty one', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const key = normalise(raw);
        expect(key).not.toBe('');
        expect(normalise(raw.normalize('NFD'))).toBe(normalise(raw.normalize('NFC')));
      }),
      { numRuns: 2_000 },
    );
  });
});
