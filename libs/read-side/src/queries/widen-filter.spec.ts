import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { checkFilter, type Filter, matches } from '#crm';
import { widened } from './widen-filter.js';

const MEMBERS = new Set(['ref']);
/** `b` and `c` were merged into `a`; whoever asks for one of them asks for all. */
const FAMILY = ['a', 'b', 'c'];
const widen = (_member: string, text: string) => (FAMILY.includes(text) ? FAMILY : [text]);
const wide = (filter: Filter) => widened(filter, MEMBERS, widen);

describe('widening a filter', () => {
  it.each<[Filter, Filter]>([
    [
      { ref: 'x', name: 'a' },
      { ref: 'x', name: 'a' },
    ],
    [{ ref: 'a' }, { ref: { $in: FAMILY } }],
    [{ ref: null }, { ref: null }],
    [
      { ref: { $exists: true, $ne: 'b' } },
      { ref: { $exists: true }, $and: [{ ref: { $nin: FAMILY } }] },
    ],
    [{ ref: { $not: { $eq: 'a' } } }, { $nor: [{ ref: { $in: FAMILY } }] }],
    [{ ref: { $all: ['a', 'x'] } }, { ref: { $in: FAMILY }, $and: [{ ref: 'x' }] }],
    [{ ref: { $all: [] } }, { ref: { $all: [] } }],
    [{ ref: { $eq: ['a', 'b'] } }, { ref: { $eq: ['a', 'b'] } }],
    [
      { $nor: [{ ref: 'a' }], $or: [{ name: 'a' }] },
      { $nor: [{ ref: { $in: FAMILY } }], $or: [{ name: 'a' }] },
    ],
  ])('makes of %j %j', (filter, expected) => {
    expect(wide(filter)).toEqual(expected);
  });

  it('takes more values than one condition does', () => {
    const many = Array.from({ length: 450 }, (_, n) => `${n}`);
    const all = (filter: Filter) => widened(filter, MEMBERS, () => many);
    for (const ref of ['a', { $in: ['a', 'b'] }, { $ne: 'a' }, { $not: { $in: ['a'] } }] as const) {
      const filter = all({ ref, $or: [{ ref: 'a' }, { name: 'x' }] });
      expect(() => checkFilter(filter)).not.toThrow();
      const found = typeof ref === 'string' || '$in' in ref;
      expect(matches(filter, { id: '1', ref: '449', name: 'x' })).toBe(found);
      expect(matches(filter, { id: '1', ref: 'z', name: 'x' })).toBe(!found);
    }
  });

  it('finds what the filter as it was finds among documents that point at the survivor', () => {
    const text = fc.constantFrom('a', 'b', 'x', 'y');
    const list = fc.array(text, { maxLength: 3 });
    const operators = fc.oneof(
      text,
      fc.record({ $eq: text }),
      fc.record({ $in: list, $ne: text }, { requiredKeys: ['$in'] }),
      fc.record({ $nin: list, $exists: fc.boolean() }, { requiredKeys: ['$nin'] }),
      fc.record({ $all: list }),
      fc
        .record({ $not: fc.record({ $in: list, $ne: text }, { requiredKeys: [] }) })
        .filter(({ $not }) => Object.keys($not).length > 0),
    );
    const leaf = fc.record({ ref: operators, name: text }, { requiredKeys: [] });
    const filters = fc.oneof(
      leaf,
      fc.record({ $or: fc.array(leaf, { minLength: 1, maxLength: 2 }), ref: operators }),
      fc.record({ $nor: fc.array(leaf, { minLength: 1, maxLength: 2 }), ref: operators }),
    );
    const stored = fc.record({
      ref: fc.oneof(
        text,
        fc.constant('c'),
        fc.array(fc.constantFrom('a', 'c', 'x'), { maxLength: 2 }),
      ),
      name: text,
    });
    const shown = (ref: string) => (FAMILY.includes(ref) ? 'a' : ref);
    const toShown = (filter: unknown): unknown => {
      if (typeof filter === 'string') return shown(filter);
      if (Array.isArray(filter)) return filter.map(toShown);
      if (typeof filter !== 'object' || filter === null) return filter;
      return Object.fromEntries(
        Object.entries(filter).map(([key, value]) => [
          key,
          key === 'name' ? value : toShown(value),
        ]),
      );
    };
    fc.assert(
      fc.property(filters, stored, (filter, document) => {
        const { ref, name } = document;
        const resolved = typeof ref === 'string' ? shown(ref) : ref.map(shown);
        const asked = toShown(filter) as Filter;
        expect(matches(wide(filter as Filter), { id: '1', ref, name })).toBe(
          matches(asked, { id: '1', ref: resolved, name }),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
