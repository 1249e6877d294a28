/**
 * Legal forms that stand before a name, without diacritics, so that `Cong ty TNHH` is met as well as `Công ty TNHH`.
 * Vietnam's, as its Law on Enterprises (59/2020/QH14) has them: limited liability (TNHH; MTV: of one member), joint stock (cổ
 * phần, CP), partnership (hợp danh), sole proprietorship (DNTN). Not among them, being part of a name: Tập đoàn, Tổng công ty, Chi
 * nhánh, Liên doanh.
 */
const COMPANY = ['cong ty', 'cty', 'c ty', 'ct'];
const LIMITED = ['trach nhiem huu han', 'tnhh'];
const MEMBERS = [
  '',
  'mtv',
  '1tv',
  '2tv',
  '1 tv',
  '2 tv',
  ...['mot', 'hai', '1', '2'].map((n) => `${n} thanh vien`),
];
const LIMITED_FORMS = LIMITED.flatMap((limited) =>
  MEMBERS.flatMap((members) => [`${limited} ${members}`, `${limited} ${members} tro len`]),
);
const KINDS = [...LIMITED_FORMS, 'co phan', 'cp', 'hop danh'];

export const LEADING_FORMS = formsBy(first, [
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
export const TRAILING_VIETNAMESE_FORMS = formsBy(last, [
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
export const TRAILING_FORMS = formsBy(last, [
  ...['company', 'co'].flatMap((company) =>
    ['limited', 'ltd', 'llc', 'inc'].flatMap((form) => [
      `${company} ${form}`,
      `one member ${company} ${form}`,
      `single member ${company} ${form}`,
    ]),
  ),
  'limited company',
  'one member limited company',
  'ltd co',
  'ltd company',
  'mtv co ltd',
  'co jsc',
  'joint stock corporation',
  'private enterprise',
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

/** Forms of one word, at whichever end. */
export const SINGLE_FORMS: ReadonlySet<string> = new Set(
  [LEADING_FORMS, TRAILING_FORMS, TRAILING_VIETNAMESE_FORMS]
    .flatMap((forms) => [...forms.values()].flat())
    .flatMap((form) => (form.length === 1 ? form : [])),
);

/** Forms that tell kinds of organisation apart: kept, under one spelling. */
export const KEPT_FORMS: readonly (readonly [words: readonly string[], short: string])[] = [
  [['hop', 'tac', 'xa'], 'htx'],
  [['ho', 'kinh', 'doanh'], 'hkd'],
];

/** A legal form as words. */
export type Form = readonly string[];

/** Forms by the word at the end of a name where they stand, longest first: the first that fits is the one that is meant. */
export type FormsByWord = ReadonlyMap<string, readonly Form[]>;

function formsBy(end: (form: Form) => string, forms: readonly string[]): FormsByWord {
  const byWord = new Map<string, Form[]>();
  for (const text of new Set(forms)) {
    const form = text.split(' ').filter((word) => word !== '');
    byWord.set(end(form), [...(byWord.get(end(form)) ?? []), form]);
  }
  for (const list of byWord.values()) list.sort((left, right) => right.length - left.length);
  return byWord;
}

function first(form: Form): string {
  return form[0] ?? '';
}

function last(form: Form): string {
  return form.at(-1) ?? '';
}
