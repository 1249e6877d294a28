import { matches } from '#crm';
import type { CollectionDefinition, ReadStore } from '../read-store.port.js';
import { freshCollection, idsOf, put, write } from './collections.js';

const ALPHABET =
  'aăâbcdđeêghiklmnoôơpqrstuưvxyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ';

/** By what a text contains in whatever case: what is looked for, in what, and whether it is found. */
const CASES: readonly (readonly [pattern: string, value: string, found: boolean])[] = [
  [ALPHABET, ALPHABET.toUpperCase(), true],
  [ALPHABET.toUpperCase(), `<${ALPHABET}>`, true],
  ['nguyễn', 'Bà NGUYỄN Gia Khương', true],
  ['^nguyễn', 'NGUYỄN Gia Khương', true],
  ['^nguyễn', 'Bà NGUYỄN', false],
  ['nguyen', 'Nguyễn', false],
  ['Hoà', 'hoà bình', true],
  ['hoà', 'hòa bình', false],
  ['ΣΊΣΥΦΟΣ', 'σίσυφος', true],
  ['привет', 'ПРИВЕТ', true],
  ['k', '\u212a', true],
  ['ß', 'ẞ', true],
  ['ss', 'ß', false],
  ['i', 'İ', false],
  ['ı', 'I', false],
  ['\u{10428}', '\u{10400}', true],
  ['a\\.b\\*c \\[1\\] 50% _x_ \\\\ \\^\\$', 'A.B*C [1] 50% _X_ \\ ^$', true],
  ['a\\*b', 'Axb', false],
  ['a\\?b', 'Axb', false],
  ['\\[ab\\]', 'A', false],
  ['^\\*', '*A', true],
  ['"a', '"A"', true],
  ['', '', true],
  ['a', '1', false],
];

const DECLARED: readonly (readonly [string, CollectionDefinition['indexes']])[] = [
  ['without an index', []],
  ['with the field indexed', [{ fields: ['v'] }]],
  ['with the elements indexed', [{ fields: ['v'], multi: 'prefix' }]],
];

export function describeCaseless(store: () => ReadStore): void {
  it.each(DECLARED)('finds texts in whatever case, %s', async (_, indexes) => {
    const alone = freshCollection(indexes);
    const listed = freshCollection(indexes);
    const documents = CASES.map(([, v], i) => ({ id: `d${i}`, v }));
    await write(store(), ...documents.map((document) => put(alone, document, 1)));
    const lists = documents.map(({ id, v }) => ({ id, v: [7, v] }));
    await write(store(), ...lists.map((document) => put(listed, document, 1)));
    for (const [i, [$regex, v, found]] of CASES.entries()) {
      const condition = { v: { $regex, $options: 'i' } };
      const asked = { id: `d${i}`, ...condition };
      const expected = found ? [`d${i}`] : [];
      expect(await idsOf(store(), alone, asked)).toEqual(expected);
      expect(await idsOf(store(), listed, asked)).toEqual(expected);
      expect(matches(condition, { v })).toBe(found);
      const others = documents.filter((document) => matches(condition, document));
      expect(await store().count(alone, condition, 1_000)).toBe(others.length);
    }
  });
}
