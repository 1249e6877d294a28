import { describe, expect, it } from '@jest/globals';
import type { RecordRef } from '#crm';
import { recordKey } from '../records/record-key.js';
import { type LookUp, livingEnds } from './living-ends.js';

const lead = (id: string): RecordRef => ({ type: 'lead', id });

/** What was merged into what, and a count of how often somebody asked. */
function merges(into: Readonly<Record<string, string>>) {
  const asked: string[][] = [];
  const lookUp: LookUp = async (records) => {
    asked.push(records.map(({ id }) => id));
    const found = records.flatMap((one) => {
      const next = into[one.id];
      return next === undefined ? [] : [[recordKey(one), lead(next)] as const];
    });
    return new Map(found);
  };
  return { lookUp, asked };
}

describe('the living ends of records', () => {
  it('are found with a look-up for each link of the longest chain', async () => {
    const { lookUp, asked } = merges({ a: 'b', b: 'c', x: 'c', c: 'd' });
    const ends = await livingEnds(['a', 'x', 'y'].map(lead), lookUp);
    expect([...ends]).toEqual([
      ['lead:a', lead('d')],
      ['lead:x', lead('d')],
    ]);
    expect(asked).toEqual([['a', 'x', 'y'], ['b', 'c'], ['d']]);
  });

  it('are looked for once and no more where nothing was merged', async () => {
    const { lookUp, asked } = merges({});
    expect((await livingEnds([lead('a')], lookUp)).size).toBe(0);
    expect(asked).toHaveLength(1);
  });

  it('end even in a ring, which cannot be', async () => {
    const { lookUp } = merges({ a: 'b', b: 'a' });
    expect((await livingEnds([lead('a')], lookUp)).size).toBeLessThanOrEqual(1);
  });
});
