import { afterAll, beforeAll, describe } from '@jest/globals';
import { openMongoReadStore, type ReadStore } from '#read-store';
import {
  openTestDatabase,
  type TestDatabase,
} from '../../../../test/support/mongodb/test-database.js';

/** Holds a contract of queries on MongoDB: each of its read stores is empty. */
export function onMongoDb(contract: (open: () => Promise<ReadStore>) => void): void {
  describe('On MongoDB', () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await openTestDatabase();
    });
    afterAll(() => database.drop());

    contract(async () => {
      await database.connection.db.dropDatabase();
      return openMongoReadStore(database.connection);
    });
  });
}
