import { openTestDatabase } from '../../../../test/support/mongodb/test-database.js';
import { openMongoUploads } from './open-mongo-uploads.js';
import { describeUploads } from './uploads.contract.js';

describeUploads('GridFS', async () => {
  const { connection, drop } = await openTestDatabase();
  return { uploads: await openMongoUploads(connection), cleanup: drop };
});

describe('Uploads on GridFS', () => {
  it('leave no chunk behind of what was removed, discarded, broken off or cut off by a kill', async () => {
    const { connection, drop } = await openTestDatabase();
    const uploads = await openMongoUploads(connection);
    const chunks = connection.db.collection('uploads.chunks');
    const large = Buffer.alloc(1_000_000, 'x');
    async function* content() {
      yield large;
    }
    async function* broken() {
      yield large;
      throw new Error('The connection broke.');
    }
    const [one, two] = [await uploads.receive(content()), await uploads.receive(content())];
    await one.keep('kept');
    await two.keep('kept');
    await two.discard();
    await uploads.remove('kept');
    expect(await chunks.countDocuments()).toBe(0);
    // A chunk that was on its way when it broke may come after the others are gone.
    await uploads.receive(broken()).catch(() => undefined);
    await uploads.receive(content());
    await connection.db.collection('uploads.files').deleteMany({});
    await uploads.clear(() => true, -2_000);
    expect(await chunks.countDocuments()).toBe(0);
    await drop();
  });
});
