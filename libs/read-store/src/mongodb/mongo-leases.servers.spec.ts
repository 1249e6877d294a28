import { openTestDatabase } from '../../../../test/support/mongodb/test-database.js';
import { describeLeases } from '../leases.contract.js';
import { openMongoLeases } from './open-mongo-leases.js';
import { openMongoReadStore } from './open-mongo-read-store.js';

describeLeases('MongoDB', async () => {
  const database = await openTestDatabase();
  return {
    ours: openMongoLeases(database.connection),
    theirs: openMongoLeases(await database.connect()),
    store: openMongoReadStore(database.connection),
    cleanup: database.drop,
  };
});
