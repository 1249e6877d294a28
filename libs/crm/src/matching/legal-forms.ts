/**
 * Legal forms that stand before a name, without diacritics, so that `Cong ty TNHH` is met as well as `Công ty TNHH`.
 * Vietnam's: limited liability (TNHH; MTV: of one member), joint stock (cổ phần, CP), partnership (hợp danh), sole
 * proprietorship (DNTN). Not among them, being part of a name: Tập đoàn, Tổng công ty, Chi nhánh, Liên doanh.
 */
const COMPANY = ['cong ty', 'cty', 'c ty', 'ct'];
const LIMITED = ['trach nhiem huu han', 'tnhh'];
const MEMBERS = [
  '',
  'mtv',
  '1tv',
  '2tv',
  ...['mot', 'hai', '1', '2'].map((n) => `${n} thanh vien`),
];
const LIMITED_FORMS = LIMITED.flatMap((limited) =>
  MEMBERS.flatMap((members) => [`${limited} ${members}`, `${limited} ${members} tro len`]),
);
const KINDS = [...LIMITED_FORMS, 'co phan', 'cp', 'hop danh'];

export const LEADING_FORMS = formList([
  ...COMPANY.flatMap((company) => KINDS.map((kind) => `${company} ${kind}`)),
  'cong ty',
  'cty',
  'c ty',
  ...LIMITED_FORMS.filter((form) => !form.endsWith('tro len')),
  'ctcp',
  'ct cp',
  'doanh nghiep tu nhan',
  'dntn',
]);

/** Vietnamese forms that also stand after a name: `Tập đoàn Hòa Phát - CTCP`. */
export const TRAILING_VIETNAMESE_FORMS = formList([
  'ctcp',
  'cong ty co phan',
  'cong ty cp',
  'cong ty tnhh',
  'tnhh',
  'tnhh mtv',
]);

/**
 * Legal forms after a name, as written. `Inc`, `Corp` and `Corporation` say no more than `Ltd` does, so they are folded:
 * `Acme Corporation` is `Acme`. Forms that are words of other languages too (SA, AS, AB, AG, SpA) are left alone.
 */
export const TRAILING_FORMS = formList([
  ...['company', 'co'].flatMap((company) =>
    ['limited', 'ltd', 'llc', 'inc'].flatMap((form) => [
      `${company} ${form}`,
      `one member ${company} ${form}`,
      `single member ${company} ${form}`,
    ]),
  ),
  'one member limited liability company',
  'limited liability company',
  'joint stock company',
  'joint stock co',
  'jsc',
  'jsco',
  'limited',
  'ltd',
  'llc',
  'llp',
  'inc',
  'incorporated',
  'corp',
  'corporation',
  'plc',
  'pte ltd',
  'pte',
  'pty ltd',
  'pvt ltd',
  'private limited',
  'gmbh',
  'gmbh co kg',
  'mbh',
  'sarl',
  'sdn bhd',
  'bhd',
  'bv',
  'ooo',
  'ооо',
  'ltda',
]);

/** Forms that tell kinds of organisation apart: kept, under one spelling. */
export const KEPT_FORMS: readonly (readonly [words: readonly string[], short: string])[] = [
  [['hop', 'tac', 'xa'], 'htx'],
  [['ho', 'kinh', 'doanh'], 'hkd'],
];

/** Forms as words, longest first: the first that fits is the one that is meant. */
function formList(forms: readonly string[]): readonly (readonly string[])[] {
  const words = forms.map((form) => form.split(' ').filter((word) => word !== ''));
  return words.sort((left, right) => right.length - left.length);
}
