import type { FieldKind } from './field-kind.js';
import { InvalidFilter } from './invalid-filter.js';
import { resolveFilter } from './resolve-filter.js';

const KINDS = new Map<string, FieldKind>([
  ['createdAt', 'instant'],
  ['dueAt', 'instant'],
  ['closing', 'date'],
  ['need', 'text'],
  ['products', 'texts'],
  ['budget', 'number'],
  ['agreed', 'boolean'],
  ['revenue', 'money'],
  ['revenue.amount', 'number'],
]);
/** 00:30 of the first of March in Hanoi, still the day before in UTC. */
const NOW = '2026-02-28T17:30:00.000Z';

function resolve(filter: unknown, timeZone = 'Asia/Ho_Chi_Minh') {
  return resolveFilter(filter, { now: NOW, timeZone, kindOf: (field) => KINDS.get(field) });
}

function refusal(filter: unknown): InvalidFilter {
  try {
    resolve(filter);
  } catch (error) {
    if (error instanceof InvalidFilter) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('A filter as documents have its values', () => {
  it('has moments in UTC with milliseconds, wherever it compares with one', () => {
    expect(
      resolve({
        createdAt: { $gte: '2026-03-01T16:30:00+07:00', $not: { $lt: '2026-03-01T09:30Z' } },
        $or: [{ dueAt: { $in: ['2026-03-01T09:30:00.5Z', null] } }, { need: '2026-03-01T09:30Z' }],
      }),
    ).toEqual({
      createdAt: { $gte: '2026-03-01T09:30:00.000Z', $not: { $lt: '2026-03-01T09:30:00.000Z' } },
      $or: [{ dueAt: { $in: ['2026-03-01T09:30:00.500Z', null] } }, { need: '2026-03-01T09:30Z' }],
    });
  });

  it('leaves days, parts of moments and what is no text as they are', () => {
    const filter = {
      createdAt: { $gte: '2026-03-01', $regex: '^2026-03', $options: 'i' },
      dueAt: { $ne: null },
      closing: { $in: ['2026-03-01', null] },
    };
    expect(resolve(filter)).toBe(filter);
  });

  it('has texts composed', () => {
    const filter = { need: { $in: ['Nguyễn'.normalize('NFD')] } };
    expect(resolve(filter)).toEqual({ need: { $in: ['Nguyễn'.normalize('NFC')] } });
  });

  it.each(['tomorrow', '2026-02-30', '2026-13-01T00:00:00Z', '2026-03-01T09:30:00', ''])(
    'is refused with the path of %p, which is no moment',
    (text) => {
      expect(refusal({ $and: [{ createdAt: { $gte: text } }] })).toEqual(
        new InvalidFilter(
          '$and.0.createdAt.$gte',
          'it must be a moment such as 2026-03-01T09:30:00Z, or a day',
        ),
      );
    },
  );

  it.each(['tomorrow', '2026-02-30', '2026-03-01T09:30:00Z', ''])(
    'is refused with the path of %p, which is no day',
    (text) => {
      expect(refusal({ closing: { $in: [null, text] } })).toEqual(
        new InvalidFilter('closing.$in.1', 'it must be a day such as 2026-03-01'),
      );
    },
  );
});

describe('An operand that no value of its field could be', () => {
  it.each<[string, object, string]>([
    ['an amount as a whole', { revenue: { $gt: 5 } }, 'revenue.$gt'],
    ['a number in quotation marks', { 'revenue.amount': { $gte: '5' } }, 'revenue.amount.$gte'],
    ['one among others', { budget: { $in: [5, null, '6'] } }, 'budget.$in.2'],
    ['what is not to be', { $nor: [{ budget: '5' }] }, '$nor.0.budget'],
    ['words in a number', { budget: { $regex: '5' } }, 'budget.$regex'],
    ['a truth in quotation marks', { agreed: { $ne: 'true' } }, 'agreed.$ne'],
    ['a number for words', { need: 5 }, 'need'],
    ['a truth among words', { products: ['a', true] }, 'products.1'],
    ['a number for a day', { closing: { $not: { $lt: 20_260_301 } } }, 'closing.$not.$lt'],
  ])('is refused: %s', (_what, filter, path) => {
    expect(refusal(filter).path).toBe(path);
  });

  it('is not what is empty, nor a list of nothing', () => {
    const filter = {
      ...{ revenue: null, budget: { $ne: null }, agreed: { $in: [false, null] } },
      ...{ products: [], need: { $exists: false } },
    };
    expect(resolve(filter)).toBe(filter);
  });
});

describe('An operand relative to now', () => {
  it.each([
    [{ $daysAgo: 0 }, '2026-03-01', '2026-02-28T17:00:00.000Z'],
    [{ $daysAgo: 7 }, '2026-02-22', '2026-02-21T17:00:00.000Z'],
    [{ $daysAhead: 3 }, '2026-03-04', '2026-03-03T17:00:00.000Z'],
    [{ $hoursAgo: 1 }, '2026-02-28', '2026-02-28T16:30:00.000Z'],
    [{ $now: true }, '2026-03-01', NOW],
  ])('%j is a day of the time zone, %s, or a moment, %s', (operand, day, moment) => {
    expect(resolve({ closing: { $gte: operand } })).toEqual({ closing: { $gte: day } });
    expect(resolve({ createdAt: { $lt: operand } })).toEqual({ createdAt: { $lt: moment } });
  });

  it('counts the days of the time zone over a change of its clocks', () => {
    const week = { createdAt: { $gte: { $daysAgo: 7 } } };
    const now = '2026-03-10T12:00:00.000Z';
    const kindOf = () => 'instant' as const;
    expect(resolveFilter(week, { now, timeZone: 'America/New_York', kindOf })).toEqual({
      createdAt: { $gte: '2026-03-03T05:00:00.000Z' },
    });
  });

  it('goes with equality and ranges, however deep', () => {
    const today = { $daysAgo: 0 };
    const filter = {
      $nor: [{ closing: { $eq: today } }, { closing: { $ne: today } }],
      createdAt: { $not: { $gte: { $hoursAgo: 2 }, $lte: { $now: true } } },
    };
    expect(resolve(filter)).toEqual({
      $nor: [{ closing: { $eq: '2026-03-01' } }, { closing: { $ne: '2026-03-01' } }],
      createdAt: { $not: { $gte: '2026-02-28T15:30:00.000Z', $lte: NOW } },
    });
  });

  it.each<[unknown, string]>([
    [{ createdAt: { $gte: { $daysAgo: -1 } } }, 'createdAt.$gte.$daysAgo'],
    [{ createdAt: { $gte: { $daysAgo: 1.5 } } }, 'createdAt.$gte.$daysAgo'],
    [{ createdAt: { $gte: { $daysAgo: '7' } } }, 'createdAt.$gte.$daysAgo'],
    [{ createdAt: { $gte: { $daysAgo: 36_501 } } }, 'createdAt.$gte.$daysAgo'],
    [{ createdAt: { $gte: { $daysAhead: 1e300 } } }, 'createdAt.$gte.$daysAhead'],
    [{ createdAt: { $gte: { $hoursAgo: 876_001 } } }, 'createdAt.$gte.$hoursAgo'],
    [{ createdAt: { $gte: { $now: 1 } } }, 'createdAt.$gte.$now'],
    [{ createdAt: { $gte: { $weeksAgo: 1 } } }, 'createdAt.$gte.$weeksAgo'],
    [{ createdAt: { $gte: { $daysAgo: 1, $now: true } } }, 'createdAt.$gte'],
    [{ createdAt: { $gte: {} } }, 'createdAt.$gte'],
    [{ createdAt: { $daysAgo: 1 } }, 'createdAt.$daysAgo'],
    [{ createdAt: { $in: [{ $daysAgo: 1 }] } }, 'createdAt.$in.0'],
    [{ need: { $eq: { $now: true } } }, 'need.$eq'],
    [{ nothing: { $eq: { $now: true } } }, 'nothing'],
  ])('is refused in %j at %s', (filter, path) => {
    expect(refusal(filter).path).toBe(path);
  });

  it('reaches a hundred years', () => {
    expect(resolve({ closing: { $gte: { $daysAgo: 36_500 } } })).toEqual({
      closing: { $gte: '1926-03-26' },
    });
  });
});
