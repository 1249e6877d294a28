import {
  openTestDatabase,
  type TestDatabase,
} from '../../../../test/support/mongodb/test-database.js';
import { freshCollection } from '../contract/collections.js';
import { openMongoReadStore } from './open-mongo-read-store.js';

describe('Indexes on MongoDB', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.drop());
  const stored = (name: string) => database.connection.db.collection(`${name}.v1`);

  it('are made as declared, with the id last', async () => {
    const leads = freshCollection([
      { fields: ['ownerId', 'createdAt'] },
      { fields: ['id'] },
      { fields: ['tags'], multi: 'exact' },
      { fields: ['custom.budget', 'id', 'name'] },
    ]);
    await openMongoReadStore(database.connection).ensure(leads);
    const indexes = await stored(leads.name).listIndexes().toArray();
    // The order of fields counts, and that of indexes does not.
    expect(indexes.map(({ key }) => Object.keys(key).join(', ')).sort()).toEqual([
      '_id',
      'custom.budget, _id',
      'ownerId, createdAt, _id',
      'tags, _id',
    ]);
  });

  it('are made again at the next start when one was dropped, and others are left alone', async () => {
    const leads = freshCollection([{ fields: ['n'] }, { fields: ['m'] }]);
    await openMongoReadStore(database.connection).ensure(leads);
    await stored(leads.name).dropIndex('n_1__id_1');
    await stored(leads.name).createIndex({ other: 1 });
    await openMongoReadStore(database.connection).ensure(leads);
    const indexes = await stored(leads.name).listIndexes().toArray();
    expect(indexes.map(({ name }) => name).sort()).toEqual([
      '_id_',
      'm_1__id_1',
      'n_1__id_1',
      'other_1',
    ]);
  });

  it.each([
    ['sparse', { n: 1, _id: 1 }, { sparse: true }],
    ['unique', { other: 1 }, { unique: true }],
    ['expireAfterSeconds', { other: 1 }, { expireAfterSeconds: 60 }],
  ] as const)('are told when one is %s that must not be', async (option, key, options) => {
    const leads = freshCollection([{ fields: ['n'] }]);
    await stored(leads.name).createIndex(key, options);
    const ensured = openMongoReadStore(database.connection).ensure(leads);
    await expect(ensured).rejects.toThrow(
      new RegExp(`index .* of collection ${leads.name}\\.v1 .*${option}.*drop it`),
    );
  });
});
