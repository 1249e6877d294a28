import { openTestDatabase } from '../../../test/support/mongodb/test-database.js';
import { describeFileStore } from './file-store.contract.js';
import { FileDamaged } from './file-store.port.js';
import { openMongoFileStore } from './open-mongo-file-store.js';

describeFileStore('GridFS', async () => {
  const { connection, drop } = await openTestDatabase();
  return { store: await openMongoFileStore(connection), cleanup: drop };
});

describe('Files on GridFS', () => {
  const LARGE = Buffer.alloc(9_000_000, 'báo giá');

  it('are stored once, though many processes store the same at once', async () => {
    const database = await openTestDatabase();
    const connections = await Promise.all(Array.from({ length: 4 }, () => database.connect()));
    const stores = await Promise.all(connections.map(openMongoFileStore));
    await Promise.all(Array.from({ length: 12 }, (_, n) => stores[n % 4]?.put(LARGE)));
    await stores[0]?.put(LARGE);
    const { db } = database.connection;
    expect(await db.collection('attachments.files').find().toArray()).toHaveLength(1);
    expect(await db.collection('attachments.chunks').find().toArray()).toHaveLength(3);
    await database.drop();
  });

  it.each(['altered', 'lost'] as const)('are told when a part of them was %s', async (how) => {
    const { connection, drop } = await openTestDatabase();
    const store = await openMongoFileStore(connection);
    const { sha256 } = await store.put(LARGE);
    const chunks = connection.db.collection('attachments.chunks');
    const second = await chunks.findOne({ n: 1 });
    const bytes = Buffer.from(second?.data.value());
    bytes[7] = (bytes[7] ?? 0) ^ 1;
    if (how === 'lost') await chunks.deleteOne({ n: 1 });
    else await chunks.updateOne({ n: 1 }, { $set: { data: bytes } });
    const stream = await store.get(sha256);
    await expect(stream?.toArray()).rejects.toThrow(FileDamaged);
    await drop();
  });

  it('can be read in part', async () => {
    const { connection, drop } = await openTestDatabase();
    const store = await openMongoFileStore(connection);
    const { sha256 } = await store.put(LARGE);
    const stream = await store.get(sha256);
    for await (const part of stream ?? []) {
      expect(Buffer.isBuffer(part)).toBe(true);
      break;
    }
    expect(stream?.destroyed).toBe(true);
    await drop();
  });
});
