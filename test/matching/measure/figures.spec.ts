import type { MatchKey } from '#crm';
import type { KnownRecord } from '../data-set.js';
import { measure } from './figures.js';
import { findPairs, NOISE } from './pairs.js';

const record = (truth: number, ...disturbances: readonly string[]): KnownRecord => ({
  ...{ fields: {}, truth, disturbances },
});
const key = (kind: MatchKey['kind'], value: string, strength: MatchKey['strength'] = 'strong') =>
  ({ kind, value, strength }) as const;

describe('The figures of some matches', () => {
  const records = [record(1), record(1, 'email: typo'), record(1), record(2), record(3)];
  const keys: readonly (readonly MatchKey[])[] = [
    [key('email', 'a'), key('name', 'n')],
    [key('email', 'b'), key('name', 'n', 'weak'), key('phone', 'p')],
    [key('email', 'a'), key('name', 'n', 'weak')],
    [key('phone', 'p')],
    [],
  ];
  const figures = measure('lead', records, (one) => keys[records.indexOf(one)] ?? []);
  const of = (name: string) => figures.kinds.find((figure) => figure.name === name);

  it('count the pairs that there are and those found', () => {
    expect(figures).toMatchObject({ records: 5, truePairs: 3, noise: 0 });
    expect(of('strong')).toMatchObject({ found: 2, precision: 1 / 2, recall: 1 / 3 });
    expect(of('weak')).toMatchObject({ found: 1, precision: 1, recall: 1 / 3 });
    expect(of('either')).toMatchObject({ found: 3, precision: 2 / 3, recall: 2 / 3 });
  });

  it('tell kinds of keys apart, and a weak key from a strong one of the same text', () => {
    expect(of('email')).toMatchObject({ found: 1, precision: 1 });
    expect(of('phone')).toMatchObject({ found: 1, precision: 0 });
    expect(of('name')).toMatchObject({ found: 0 });
    expect(of('~name')).toMatchObject({ found: 1 });
  });

  it('tell how true pairs with something the matter are found, and by the field itself', () => {
    expect(figures.disturbances).toEqual([
      { name: 'email: typo', pairs: 2, strong: 0, either: 1 / 2, own: 0 },
    ]);
  });

  it('leave out a key that too many bear', () => {
    const many = Array.from({ length: NOISE + 1 }, () => [key('phone', 'switchboard')]);
    expect(findPairs(many)).toMatchObject({ noise: 1 });
    expect(findPairs(many).byKind.get('phone')?.size).toBe(0);
    expect(findPairs(many.slice(1)).byKind.get('phone')?.size).toBe((NOISE * (NOISE - 1)) / 2);
  });
});
