import { foldCase, foldDiacritics } from './fold-case.js';

/** Beside this letter, which no short way knows, a text is folded by the rules for all of Unicode. */
const FOREIGN = '가';
const LETTERS = Array.from({ length: 0x2000 }, (_, code) => String.fromCharCode(code)).filter(
  (letter) => /^\P{M}$/u.test(letter),
);

describe('folding a letter', () => {
  it('of case gives the same beside letters of any script', () => {
    const differing = LETTERS.filter(
      (letter) => foldCase(`a${letter}${FOREIGN}`) !== `${foldCase(`a${letter}`)}${FOREIGN}`,
    );
    expect(differing).toEqual([]);
  });

  it('of diacritics gives the same beside letters of any script', () => {
    const differing = LETTERS.filter(
      (letter) =>
        foldDiacritics(`a${letter}${FOREIGN}`) !== `${foldDiacritics(`a${letter}`)}${FOREIGN}`,
    );
    expect(differing).toEqual([]);
  });

  it('takes the marks of every Vietnamese letter away', () => {
    expect(foldDiacritics(foldCase('ĐẶNG Thị Ưở Ỹ Ơ Ă Â Ê Ô'))).toBe('dang thi uo y o a a e o');
  });
});
