import { MongoServerError } from 'mongodb';
import { isDuplicateId } from './duplicate-key.js';

describe('A duplicate key', () => {
  const unnamed: readonly [boolean, string][] = [
    [true, 'E11000 duplicate key error collection: l.leads index: _id_ dup key: { _id: "a" }'],
    [true, 'E11000 duplicate key error index: l.leads.$_id_ dup key: { : "a" }'],
    [true, "Duplicate key violation on the requested collection: Index '_id_'"],
    [true, 'E11000 duplicate key error collection: l.leads'],
    [true, 'E11000 duplicate key error collection: l.leads. Failed _id or unique key constraint'],
    [true, 'E11000 duplicate key error collection: l.leads dup key: { _id: "the index: x" }'],
    [false, 'E11000 duplicate key error collection: l.leads index: code_1 dup key: { code: 1 }'],
    [false, 'E11000 duplicate key error collection: l.leads index: owner_id_1 dup key: { : 1 }'],
    [false, "Duplicate key violation on the requested collection: Index 'code_1'"],
  ];
  it.each(unnamed)('is of a document that is there (%j): %s', (isOfId, message) => {
    expect(isDuplicateId(new MongoServerError({ code: 11_000, message }))).toBe(isOfId);
  });

  it.each([
    [true, { _id: 1 }, 'code_1'],
    [false, { code: 1 }, '_id_'],
  ])('is believed (%j) when it names %j', (isOfId, keyPattern, index) => {
    const said = { code: 11_000, message: `E11000 index: ${index} dup key`, keyPattern };
    expect(isDuplicateId(new MongoServerError(said))).toBe(isOfId);
  });

  it('is told by its code alone', () => {
    expect(isDuplicateId(new MongoServerError({ code: 112, message: 'index: _id_' }))).toBe(false);
    expect(isDuplicateId(new Error('E11000 index: _id_'))).toBe(false);
  });
});
