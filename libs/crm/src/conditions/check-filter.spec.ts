import { checkFilter } from './check-filter.js';
import type { FilterCheck } from './checking.js';
import type { FieldKind } from './field-kind.js';
import { COMPOSED_LIMITS, FILTER_LIMITS, type Filter } from './filter.js';
import { InvalidFilter } from './invalid-filter.js';

function nested(depth: number): Filter {
  return depth === 0 ? { a: 1 } : { $and: [nested(depth - 1)] };
}

function refusalOf(filter: unknown, check?: FilterCheck): string {
  try {
    checkFilter(filter, check);
  } catch (error) {
    if (error instanceof InvalidFilter) return error.path;
    throw error;
  }
  return 'accepted';
}

describe('checking a filter', () => {
  it.each<[unknown, string]>([
    [null, ''],
    [[], ''],
    ['a', ''],
    [undefined, ''],
    [{ $where: 'sleep(1000)' }, '$where'],
    [{ $expr: { $eq: ['$a', 1] } }, '$expr'],
    [{ $and: [{ a: 1 }, { $where: '1' }] }, '$and.1.$where'],
    [{ $or: [] }, '$or'],
    [{ $and: [] }, '$and'],
    [{ $nor: [] }, '$nor'],
    [{ $or: { a: 1 } }, '$or'],
    [{ $or: [1] }, '$or.0'],
    [{ $or: [null, { a: 1 }] }, '$or.0'],
    [{ $not: { a: 1 } }, '$not'],
    [{ a: { $foo: 1 } }, 'a.$foo'],
    [{ a: { $elemMatch: { b: 1 } } }, 'a.$elemMatch'],
    [{ a: { b: 1 } }, 'a.b'],
    [{ a: {} }, 'a'],
    [{ a: { $eq: { b: 1 } } }, 'a.$eq'],
    [{ a: undefined }, 'a'],
    [{ a: { $eq: undefined } }, 'a.$eq'],
    [{ a: { $gt: null } }, 'a.$gt'],
    [{ a: { $gt: true } }, 'a.$gt'],
    [{ a: { $lte: [1] } }, 'a.$lte'],
    [{ a: { $gt: Number.NaN } }, 'a.$gt'],
    [{ a: Number.POSITIVE_INFINITY }, 'a'],
    [{ a: 10n }, 'a'],
    [{ a: () => 1 }, 'a'],
    [{ a: new Date(0) }, 'a'],
    [{ a: /x/ }, 'a'],
    [{ a: { $in: 'x' } }, 'a.$in'],
    [{ a: { $in: [1, {}] } }, 'a.$in.1'],
    [{ a: { $in: [[1]] } }, 'a.$in.0'],
    [{ a: { $nin: [Number.NaN] } }, 'a.$nin.0'],
    [{ a: { $all: [1, null] } }, 'a.$all.1'],
    [{ a: [[1]] }, 'a.0'],
    [{ a: { $exists: 1 } }, 'a.$exists'],
    [{ a: { $not: 1 } }, 'a.$not'],
    [{ a: { $not: {} } }, 'a.$not'],
    [{ a: { $not: { $where: 1 } } }, 'a.$not.$where'],
    [{ a: { $regex: 1 } }, 'a.$regex'],
    [{ a: { $regex: '.*' } }, 'a.$regex'],
    [{ a: { $regex: 'a|b' } }, 'a.$regex'],
    [{ a: { $regex: '(a+)+$' } }, 'a.$regex'],
    [{ a: { $regex: '\\d' } }, 'a.$regex'],
    [{ a: { $regex: 'a\\' } }, 'a.$regex'],
    [{ a: { $regex: 'a^' } }, 'a.$regex'],
    [{ a: { $regex: 'x', $options: 'm' } }, 'a.$options'],
    [{ a: { $regex: 'x', $options: '' } }, 'a.$options'],
    [{ a: { $regex: 'x', $options: undefined } }, 'a.$options'],
    [{ a: { $options: 'i' } }, 'a.$options'],
    [{ a: { $eq: 'x', $options: 'i' } }, 'a.$options'],
    [{ a: { $not: { $gt: 'x', $options: 'i' } } }, 'a.$not.$options'],
    [{ a: { $gte: { $daysAgo: 1 } } }, 'a.$gte'],
    [JSON.parse('{"__proto__": 1}'), '__proto__'],
    [{ 'a.__proto__.b': 1 }, 'a.__proto__.b'],
    [{ constructor: 1 }, 'constructor'],
    [{ 'a.prototype': 1 }, 'a.prototype'],
    [{ $or: [{ 'constructor.name': 'x' }] }, '$or.0.constructor.name'],
    [{ '': 1 }, ''],
    [{ 'a..b': 1 }, 'a..b'],
    [{ '.a': 1 }, '.a'],
    [{ 'a.$b': 1 }, 'a.$b'],
    [{ 'a.0': 1 }, 'a.0'],
    [{ 'a.b.c.d.e': 1 }, 'a.b.c.d.e'],
    [{ 'a\u0000': 1 }, 'a\u0000'],
    [{ 'a\n': 1 }, 'a\n'],
    [{ 'a"b': 1 }, 'a"b'],
    [{ 'a\\b': 1 }, 'a\\b'],
    [{ a: 'x\u0000' }, 'a'],
    [{ a: '\ud800' }, 'a'],
    [{ a: 'x'.repeat(FILTER_LIMITS.text + 1) }, 'a'],
    [{ a: { $in: Array.from({ length: FILTER_LIMITS.values + 1 }, (_, i) => i) } }, 'a.$in'],
  ])('refuses %j at %j', (filter, path) => {
    expect(refusalOf(filter)).toBe(path);
  });

  it('names no value of the caller in its message', () => {
    expect(() => checkFilter({ email: { $gt: ['secret@x.vn'] } })).toThrow(
      new InvalidFilter('email.$gt', 'it must be a text, a number, a boolean or null'),
    );
  });

  it.each<[Filter]>([
    [{}],
    [{ a: { $regex: '^a\\.b' } }],
    [{ a: { $options: 'i', $regex: 'a' } }],
    [{ a: { $not: { $regex: 'a', $options: 'i' } } }],
    [{ 'custom.Ngân sách': 1 }],
    [{ a: { $in: [] } }],
  ])('accepts %j', (filter) => {
    expect(refusalOf(filter)).toBe('accepted');
  });

  it.each<[string, FilterCheck, { readonly depth: number; readonly conditions: number }]>([
    ['a caller', { kindOf: () => 'number' }, FILTER_LIMITS],
    ['the product', {}, COMPOSED_LIMITS],
  ])('takes what is as deep and long as it may be from %s, and no more', (_who, check, limits) => {
    const { depth, conditions } = limits;
    const long = (length: number) => ({ $or: Array.from({ length }, () => ({ a: 1 })) });
    expect(refusalOf(nested(depth), check)).toBe('accepted');
    expect(refusalOf(nested(depth + 1), check)).toBe(
      Array(depth + 1)
        .fill('$and')
        .join('.0.'),
    );
    expect(refusalOf(long(conditions), check)).toBe('accepted');
    expect(refusalOf(long(conditions + 1), check)).toBe(`$or.${conditions}.a`);
  });

  it('lists the fields that a filter looks at, however deep', () => {
    const filter = {
      a: 1,
      $or: [{ b: { $not: { $in: [1] } } }, { $nor: [{ 'c.d': null }, { a: 2 }] }],
    };
    expect([...checkFilter(filter).fields]).toEqual(['a', 'b', 'c.d']);
  });

  it('refuses fields that may not be filtered by', () => {
    const kindOf = (field: string) => (/^(?:a|custom\.budget)$/.test(field) ? 'number' : undefined);
    expect(refusalOf({ a: 1, 'custom.budget': 2 }, { kindOf })).toBe('accepted');
    expect(refusalOf({ $and: [{ a: 1 }, { custom: null }] }, { kindOf })).toBe('$and.1.custom');
  });

  it.each<[FieldKind, unknown, string]>([
    ['number', '40', 'a'],
    ['percent', { $gte: '40' }, 'a.$gte'],
    ['percent', { $in: [10, '20', null] }, 'a.$in.1'],
    ['number', { $regex: '4' }, 'a.$regex'],
    ['boolean', 'yes', 'a'],
    ['boolean', { $not: { $eq: 1 } }, 'a.$not.$eq'],
    ['text', 5, 'a'],
    ['texts', { $all: ['VIP', true] }, 'a.$all.1'],
    ['user', { $nin: [7] }, 'a.$nin.0'],
    ['date', { $lt: 20260101 }, 'a.$lt'],
    ['money', 500, 'a'],
    ['money', { $gt: 500 }, 'a.$gt'],
  ])('refuses to compare what holds %s with %j', (kind, condition, path) => {
    expect(refusalOf({ a: condition }, { kindOf: () => kind })).toBe(path);
  });

  it.each<[FieldKind, unknown]>([
    ['number', { $gte: 40, $ne: null }],
    ['boolean', { $in: [true, null] }],
    ['texts', { $eq: [] }],
    ['date', { $lt: '2026-01-01' }],
    ['money', null],
    ['money', { $exists: true }],
  ])('compares what holds %s with %j', (kind, condition) => {
    expect(refusalOf({ a: condition }, { kindOf: () => kind })).toBe('accepted');
  });
});
