import { openTestDatabase } from '../../../../test/support/mongodb/test-database.js';
import { StoreDamaged } from '../errors.js';
import { createKeyPool } from './key-pool.js';
import { describeKeyRing } from './key-ring.contract.js';
import { openMongoKeyRing } from './open-mongo-key-ring.js';

describeKeyRing('MongoDB', async (options = {}) => {
  const { connection, drop } = await openTestDatabase();
  const open = (options: { readonly secret?: Buffer } = {}) =>
    openMongoKeyRing(connection, options);
  return { ring: await open(options), reopen: open, cleanup: drop };
});

describe('The key ring on MongoDB', () => {
  it('makes one secret, though many processes ask for it first at once', async () => {
    const database = await openTestDatabase();
    const connections = await Promise.all(Array.from({ length: 8 }, () => database.connect()));
    const rings = await Promise.all(connections.map((connection) => openMongoKeyRing(connection)));
    const secrets = await Promise.all(
      Array.from({ length: 64 }, (_, n) => rings[n % 8]?.hashSecret()),
    );
    expect(new Set(secrets.map((secret) => secret?.toString('hex'))).size).toBe(1);
    await database.drop();
  });

  it('makes keys ahead: a thousand records cost a few round trips', async () => {
    const { connection, drop } = await openTestDatabase();
    let calls = 0;
    const ring = await openMongoKeyRing({
      ...connection,
      run: (work, patienceMs) => {
        calls += 1;
        return connection.run(work, patienceMs);
      },
    });
    const before = calls;
    const pool = createKeyPool(ring);
    for (let n = 0; n < 1_000; n += 1) await pool.take();
    expect(calls - before).toBeLessThan(10);
    await drop();
  });

  it('is not made anew beside a log that was written', async () => {
    const { connection, drop } = await openTestDatabase();
    await expect(openMongoKeyRing(connection, { mustExist: true })).rejects.toThrow(StoreDamaged);
    const ring = await openMongoKeyRing(connection);
    await ring.hashSecret();
    await ring.allocate(1);
    await openMongoKeyRing(connection, { mustExist: true });
    await connection.db.collection('key_secrets').drop();
    await expect(openMongoKeyRing(connection)).rejects.toThrow(StoreDamaged);
    await drop();
  });

  it('reports a key that is not as it was written', async () => {
    const { connection, drop } = await openTestDatabase();
    const ring = await openMongoKeyRing(connection);
    const [first, second] = await ring.allocate(2);
    const keys = connection.db.collection<{ _id: string; key: unknown }>('keys');
    const other = await keys.findOne({ _id: second?.id ?? '' });
    await keys.updateOne({ _id: first?.id ?? '' }, { $set: { key: other?.key } });
    await expect(ring.load([first?.id ?? ''])).rejects.toThrow(StoreDamaged);
    await drop();
  });
});
