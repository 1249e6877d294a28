import type { FieldValues } from '../record/field.js';
import type { RecordType } from '../record/record-type.js';
import { NO_SETTINGS } from '../settings/settings.js';
import { keyText, type MatchKey } from './match-key.js';
import { matchKeys } from './match-keys.js';

type Row = readonly [rule: string, strength: MatchKey['strength'] | 'no', FieldValues, FieldValues];

const name = (familyName: string, givenName: string) => ({ familyName, givenName });
const phone = (...phones: readonly string[]) => ({ phones });
const works = (organisation: string) => ({ organisation });

/** PRODUCT.md P4, rule by rule: two leads, and how they match. */
const LEADS: readonly Row[] = [
  ['trimmed', 'strong', { email: ' khuong@example.vn ' }, { email: 'khuong@example.vn' }],
  ['case', 'strong', { email: 'Khuong@Example.VN' }, { email: 'khuong@example.vn' }],
  ['display', 'strong', { email: 'Khương <khuong@example.vn>' }, { email: 'khuong@example.vn' }],
  ['other e-mails', 'strong', { email: 'k@a.vn' }, { otherEmails: ['x@y.vn', 'K@a.vn'] }],
  ['another mailbox', 'no', { email: 'lan@example.vn' }, { email: 'khuong@example.vn' }],
  ['mailbox of a task', 'strong', { email: 'info@example.vn' }, { email: 'INFO@example.vn' }],
  ['the same at another company', 'no', { email: 'info@a.vn' }, { email: 'info@b.vn' }],
  ['free mail has no domain', 'no', { email: 'khuong85@gmail.com' }, { email: 'lan85@gmail.com' }],
  ['dots', 'weak', { email: 'khuong.nguyen@gmail.com' }, { email: 'khuongnguyen@gmail.com' }],
  ['tag', 'weak', { email: 'khuong+crm@example.vn' }, { email: 'khuong@example.vn' }],
  ['groups', 'strong', phone('0912 345 678'), phone('0912345678')],
  ['dots', 'strong', phone('0912.345.678'), phone('0912345678')],
  ['country code', 'strong', phone('+84 912 345 678'), phone('0912345678')],
  ['abroad', 'strong', phone('0084912345678'), phone('(0912) 345-678')],
  ['bare country code', 'strong', phone('84912345678'), phone('+84 (0)912 345 678')],
  ['any of several', 'strong', phone('028 3822 1234', '0912345678'), phone('0912-345-678')],
  ['before 2018', 'strong', phone('0168 123 4567'), phone('038 123 4567')],
  ['one digit off', 'no', phone('0912 345 678'), phone('0912 345 679')],
  ['extensions', 'no', phone('028 3822 1234 ext 12'), phone('028 3822 1234 ext 13')],
  ['case', 'strong', works('MINH PHÁT'), works('Minh Phát')],
  ['spacing', 'strong', works(' Minh  Phát '), works('Minh Phát')],
  ['NFC', 'strong', works('Minh Phát'.normalize('NFD')), works('Minh Phát')],
  ['TNHH', 'strong', works('Công ty TNHH Minh Phát'), works('Minh Phát')],
  ['CTCP', 'strong', works('CTCP Minh Phát'), works('Công ty TNHH Minh Phát')],
  ['JSC', 'strong', works('Minh Phát JSC'), works('Công ty Cổ phần Minh Phát')],
  ['Co., Ltd', 'strong', works('Minh Phát Co., Ltd'), works('Công ty TNHH MTV Minh Phát')],
  ['another name', 'no', works('Công ty TNHH Minh Phát'), works('Công ty TNHH Minh Long')],
  ['nothing but a form', 'no', works('Công ty TNHH'), works('Công ty TNHH Minh Phát')],
  ['case', 'strong', name('NGUYỄN GIA', 'KHƯƠNG'), name('Nguyễn Gia', 'Khương')],
  ['spacing', 'strong', name(' Nguyễn  Gia', 'Khương '), name('Nguyễn Gia', 'Khương')],
  ['NFC', 'strong', name('Nguyễn'.normalize('NFD'), 'An'), name('Nguyễn', 'An')],
  ['where the family ends', 'strong', name('Nguyễn', 'Gia Khương'), name('Nguyễn Gia', 'Khương')],
  ['diacritics', 'weak', name('Nguyen Gia', 'Khuong'), name('Nguyễn Gia', 'Khương')],
  ['some of them', 'weak', name('Nguyễn Gia', 'Khuong'), name('Nguyễn Gia', 'Khương')],
  ['đ', 'weak', name('Dang', 'Duc'), name('Đặng', 'Đức')],
  ['order', 'weak', name('Khương', 'Nguyễn Gia'), name('Nguyễn Gia', 'Khương')],
  ['order and diacritics', 'weak', name('Khuong', 'Nguyen Gia'), name('Nguyễn Gia', 'Khương')],
  ['another given name', 'no', name('Nguyễn Gia', 'Khang'), name('Nguyễn Gia', 'Khương')],
  ['nothing', 'no', {}, {}],
];

const ACCOUNTS: readonly Row[] = [
  ['form', 'strong', { name: 'Công ty TNHH Minh Phát' }, { name: 'Minh Phát Co., Ltd' }],
  ['diacritics', 'weak', { name: 'Công ty TNHH Minh Phát' }, { name: 'Minh Phat' }],
  ['tax code', 'strong', { taxCode: '0312345678' }, { taxCode: 'MST 0312 345 678' }],
  ['branch', 'weak', { taxCode: '0312345678' }, { taxCode: '0312345678-001' }],
  ['another code', 'no', { taxCode: '0312345678' }, { taxCode: '0312345679' }],
  ['domain', 'weak', { website: 'https://www.a.example' }, { email: 'info@a.example' }],
  ['free mail', 'no', { email: 'minhphat.sg@gmail.com' }, { email: 'hoaphat.hn@gmail.com' }],
];

describe.each([
  ['lead', LEADS],
  ['account', ACCOUNTS],
] as const)('two %ss', (type, rows) => {
  it.each(rows)('%s: %s match of %j and %j', (_rule, strength, left, right) => {
    expect(strengthOf(type, left, right)).toBe(strength);
    expect(strengthOf(type, right, left)).toBe(strength);
  });
});

/** The strongest of the keys that both have. */
function strengthOf(type: RecordType, left: FieldValues, right: FieldValues): string {
  const [ours, theirs] = [left, right].map((fields) =>
    matchKeys(type, { fields, custom: {} }, NO_SETTINGS),
  ) as [readonly MatchKey[], readonly MatchKey[]];
  const texts = new Set(theirs.map(keyText));
  const shared = ours.filter((key) => texts.has(keyText(key)));
  if (shared.some((key) => key.strength === 'strong')) return 'strong';
  return shared.length > 0 ? 'weak' : 'no';
}
