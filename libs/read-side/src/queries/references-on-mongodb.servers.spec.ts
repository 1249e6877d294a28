import { afterAll, beforeAll, describe } from '@jest/globals';
import { openMongoReadStore } from '#read-store';
import {
  openTestDatabase,
  type TestDatabase,
} from '../../../../test/support/mongodb/test-database.js';
import { referencesContract } from './references.contract.js';

describe('On MongoDB', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.drop());

  referencesContract(async () => {
    await database.connection.db.dropDatabase();
    return openMongoReadStore(database.connection);
  });
});
