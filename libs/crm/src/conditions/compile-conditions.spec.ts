import { caseVariants } from './case-variants.js';
import { compileConditions, matches } from './compile-conditions.js';

function contains(text: string, value: unknown, anchored = false): boolean {
  const filter = { v: { $regex: anchored ? `^${text}` : text, $options: 'i' } };
  return matches(filter, { v: value as string });
}

describe('containing a text in whatever case', () => {
  it.each([
    ['nguyễn', 'NGUYỄN GIA KHƯƠNG', true],
    ['ĐỨC', 'Nguyễn Đức', true],
    ['hoà bình', 'Công ty Hoà Bình', true],
    ['nguyen', 'Nguyễn', false],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος', true],
    ['k', '\u212a', true],
    ['ß', 'ẞ', true],
    ['ss', 'ß', false],
    ['i', 'İ', false],
    ['ı', 'I', false],
    ['𐐨', '𐐀', true],
    ['a\\.b', 'xA.By', true],
    ['a\\.b', 'aXb', false],
    ['\\[x\\]', '[X]', true],
  ])('%s in %s: %p', (text, value, found) => expect(contains(text, value)).toBe(found));

  it('starts with it after ^', () => {
    expect(contains('ngu', 'Nguyễn', true)).toBe(true);
    expect(contains('gu', 'NGUYỄN', true)).toBe(false);
    expect(contains('b', 'a\nB', true)).toBe(false);
  });

  it('is of texts alone', () => {
    expect(contains('1', 1)).toBe(false);
    expect(contains('a', ['b', 'A'])).toBe(true);
  });

  it('knows every letter that Unicode folds to another one, and folds it both ways', () => {
    const letters = Array.from({ length: 0x2000 }, (_, i) => String.fromCharCode(i));
    const differing = letters.filter((letter) => {
      const lower = letter.toLowerCase();
      return [...lower].length === 1 && caseVariants(letter) !== caseVariants(lower);
    });
    expect(differing).toEqual([]);
    expect(caseVariants('1')).toBe('1');
    expect([...caseVariants('ế')].sort()).toEqual(['Ế', 'ế']);
  });
});

describe('compiling conditions', () => {
  it('happens once for a filter', () => {
    const filter = { a: 1 };
    expect(compileConditions(filter)).toBe(compileConditions(filter));
  });
});
