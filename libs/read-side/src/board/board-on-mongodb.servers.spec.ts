import { afterAll, beforeAll, describe } from '@jest/globals';
import { openMongoReadStore } from '#read-store';
import {
  openTestDatabase,
  type TestDatabase,
} from '../../../../test/support/mongodb/test-database.js';
import { boardContract } from './board.contract.js';

describe('On MongoDB', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.drop());

  boardContract(async () => {
    await database.connection.db.dropDatabase();
    return openMongoReadStore(database.connection);
  });
});
