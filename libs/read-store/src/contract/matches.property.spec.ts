import fc from 'fast-check';
import { Query } from 'mingo';
import { compareTexts, type Json, type JsonObject, matches } from '#crm';
import { filters } from './arbitraries.js';

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>('', 'a', 'A', 'ab', 'b', '1', 0, -1, 1, 1.5, 10, true, false),
);
const field = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constant<Json>(null) },
  { weight: 1, arbitrary: fc.array(scalar, { minLength: 2, maxLength: 3 }) },
);
/** Documents over which mingo answers as MongoDB does; through lists within lists, and of objects, it goes its own ways. */
const documents: fc.Arbitrary<JsonObject> = fc.record(
  {
    a: field,
    b: field,
    s: field,
    o: fc.record({ x: field, y: field }, { requiredKeys: [], noNullPrototype: true }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** Beside paths through lists, mingo answers otherwise for `$all` of a scalar, and orders texts by UTF-16. */
const shared = filters.filter(
  (filter) => !/\$all|"a\.x"|"o\.x\.x"|[^\0-\u1fff]/.test(JSON.stringify(filter)),
);

describe('matching in memory', () => {
  it('agrees with mingo where mingo agrees with MongoDB', () => {
    fc.assert(
      fc.property(documents, shared, (document, filter) => {
        expect(matches(filter, document)).toBe(new Query(filter).test(document));
      }),
      { numRuns: 2_000 },
    );
  });

  it('orders texts as their UTF-8 bytes are ordered', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 6 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareTexts(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(compareTexts('\uffee', '\u{1f600}')).toBeLessThan(0);
  });

  it('sees no member that a document inherits', () => {
    expect(matches({ toString: { $exists: true } }, {})).toBe(false);
    expect(matches({ 'a.valueOf': { $exists: true } }, { a: {} })).toBe(false);
  });
});
