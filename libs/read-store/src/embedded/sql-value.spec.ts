import fc from 'fast-check';
import { compareTexts } from '#crm';
import { afterPrefix } from './sql-value.js';

describe('the end of a prefix’s range', () => {
  it('has every text with the prefix before it, and every other text before the prefix or not', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'), {
        maxLength: 4,
      })
      .map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, text, fc.boolean(), (prefix, other, continued) => {
        const value = continued ? prefix + other : other;
        const end = afterPrefix(prefix);
        const within =
          compareTexts(value, prefix) >= 0 && (end === undefined || compareTexts(value, end) < 0);
        expect(within).toBe(value.startsWith(prefix));
      }),
      { numRuns: 2_000 },
    );
  });
});
