import { Query as MemoryQuery } from 'mingo';
import { compareValues } from '#crm';
import type { SortKey } from '../read-store.port.js';
import { behindQuery } from './behind-query.js';

const VALUES = [null, undefined, -2, 0, 7.5, '', '1', 'a', 'ế', false, true];
const DOCUMENTS = VALUES.flatMap((v, i) =>
  [null, 3, 'x'].map((w, j) => ({ _id: `d${String(i).padStart(2, '0')}${j}`, v, w })),
);

describe('The condition to stand behind a place', () => {
  it.each<readonly SortKey[]>([
    [
      { field: 'v', direction: 'ascending' },
      { field: 'id', direction: 'ascending' },
    ],
    [
      { field: 'v', direction: 'descending' },
      { field: 'id', direction: 'descending' },
    ],
  ])('holds for what follows it, whatever the types: %j', (...sort) => {
    for (const place of DOCUMENTS) {
      const query = new MemoryQuery({ ...behindQuery(sort, [place.v ?? null, place._id]) });
      const found = DOCUMENTS.filter((document) => query.test(document)).map(({ _id }) => _id);
      const behind = DOCUMENTS.filter(({ v, _id }) => {
        const order = compareValues(v, place.v) || compareValues(_id, place._id);
        return sort[0]?.direction === 'ascending' ? order > 0 : order < 0;
      });
      expect(found).toEqual(behind.map(({ _id }) => _id));
    }
  });

  it('bounds the first key, so that an index is begun at the place', () => {
    const sort: readonly SortKey[] = [
      { field: 'createdAt', direction: 'descending' },
      { field: 'id', direction: 'descending' },
    ];
    expect(behindQuery(sort, ['2026-03-01', 'a'])).toEqual({
      $and: [
        { createdAt: { $not: { $gt: '2026-03-01' } } },
        {
          $or: [
            { createdAt: { $lt: '2026-03-01' } },
            { createdAt: { $eq: null } },
            { createdAt: { $gte: Number.NEGATIVE_INFINITY } },
            { $and: [{ createdAt: { $eq: '2026-03-01' } }, { _id: { $lt: 'a' } }] },
          ],
        },
      ],
    });
  });
});
