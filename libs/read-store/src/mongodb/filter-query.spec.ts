import { checkFilter, type Filter } from '#crm';
import { filterQuery } from './filter-query.js';

describe('A filter on MongoDB', () => {
  it.each<[Filter, unknown]>([
    [{}, {}],
    [{ ownerId: 'o1' }, { ownerId: { $eq: 'o1' } }],
    [{ id: { $in: ['a', 'b'] } }, { _id: { $in: ['a', 'b'] } }],
    [{ _id: 1 }, { __id: { $eq: 1 } }],
    [{ n: { $gte: 1, $lt: 5 } }, { $and: [{ n: { $gte: 1 } }, { n: { $lt: 5 } }] }],
    [{ n: { $ne: null } }, { n: { $ne: null } }],
    [{ n: { $nin: [1] } }, { n: { $nin: [1] } }],
    [{ n: { $exists: false } }, { n: { $exists: false } }],
    [{ n: { $not: { $gt: 1 } } }, { n: { $not: { $gt: 1 } } }],
    [{ n: { $not: { $not: { $gt: 1 } } } }, { n: { $gt: 1 } }],
    [{ n: { $all: [] } }, { _id: { $in: [] } }],
    [{ s: { $regex: '^a\\/b\\-c\\.' } }, { s: { $regex: '^a/b-c\\.' } }],
    [{ s: { $regex: '^ế1\\.', $options: 'i' } }, { s: { $regex: '^[Ếế]1\\.' } }],
    [{ $or: [{ a: 1 }, { b: 2 }] }, { $or: [{ a: { $eq: 1 } }, { b: { $eq: 2 } }] }],
    [{ $nor: [{ a: 1 }, { b: 2 }] }, { $nor: [{ $or: [{ a: { $eq: 1 } }, { b: { $eq: 2 } }] }] }],
  ])('%j goes over as it is, in forms that can use an index', (filter, query) => {
    expect(filterQuery(checkFilter(filter).root)).toEqual(query);
  });
});
