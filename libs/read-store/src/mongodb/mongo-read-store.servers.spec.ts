import {
  openTestDatabase,
  type TestDatabase,
} from '../../../../test/support/mongodb/test-database.js';
import { describeReadStore } from '../read-store.contract.js';
import { openMongoReadStore } from './open-mongo-read-store.js';

let database: TestDatabase | undefined;
afterAll(() => database?.drop());

describeReadStore('MongoDB', async () => {
  database = await openTestDatabase();
  return openMongoReadStore(database.connection);
});
