import { randomBytes, randomUUID } from 'node:crypto';
import { Binary, type Collection } from 'mongodb';
import type { Uuid } from '#crm';
import { duplicateIdsIn, isDuplicateId, type MongoConnection, MongoUnavailable } from '#mongodb';
import { StoreDamaged, StoreUnavailable } from '../errors.js';
import { KEY_BYTES, withChecksum, withoutChecksum } from './checked-key.js';
import type { DataKey, KeyRing } from './key-ring.port.js';

/** A key, or a secret by its name, followed by its checksum. */
interface StoredKey {
  readonly _id: string;
  readonly key: Binary;
}

export interface MongoKeyRingOptions {
  /** Set where events were written already: a ring that is empty then is another one, and would make all they seal read as erased. */
  readonly mustExist?: boolean;
}

const HASH_SECRET = 'hash';

/**
 * The key ring on MongoDB, in the collections `keys` and `key_secrets`. Whoever backs up the log without these backs up no personal
 * value; a deleted key is gone from the database at once, but from MongoDB's own oplog and from backups only in their time.
 * The secret for hashes is made with the ring: keys without it are those of a ring that was damaged. Closing it leaves the connection open.
 * @throws StoreDamaged there is no ring where there must be one
 * @throws StoreUnavailable
 */
export async function openMongoKeyRing(
  connection: MongoConnection,
  { mustExist = false }: MongoKeyRingOptions = {},
): Promise<KeyRing> {
  const keys = connection.db.collection<StoredKey>('keys');
  const secrets = connection.db.collection<StoredKey>('key_secrets');
  const place = `keys at ${connection.place}`;
  let closed = false;

  async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    if (closed) throw new StoreUnavailable('the key ring was closed');
    try {
      return await connection.run(work);
    } catch (error) {
      if (!(error instanceof MongoUnavailable)) throw error;
      throw new StoreUnavailable(`the key ring, MongoDB at ${error.place}: ${error.why}`);
    }
  }

  const hasSecret = async () => (await secrets.findOne({ _id: HASH_SECRET })) !== null;
  await guarded(async () => {
    if (await hasSecret()) return;
    const hasKeys = (await keys.findOne({})) !== null;
    // Looked for again: another process may have made the ring meanwhile.
    if ((mustExist || hasKeys) && !(await hasSecret())) {
      throw new StoreDamaged(place, 'they are missing, but events were written with them');
    }
    await insertOnce(secrets, newSecret());
  });

  return {
    async allocate(count) {
      const fresh = Array.from({ length: count }, (): DataKey => {
        return { id: randomUUID(), key: randomBytes(KEY_BYTES) };
      });
      const stored = fresh.map(({ id, key }) => ({
        _id: id,
        key: new Binary(withChecksum(id, key)),
      }));
      await guarded(() => insertAll(keys, stored));
      return fresh;
    },
    async load(ids) {
      const found = await guarded(async () => {
        if (ids.length === 0) return [];
        const query = { _id: { $in: [...ids] } };
        return keys.find(query, { batchSize: ids.length + 1 }).toArray();
      });
      const loaded = new Map<Uuid, DataKey>();
      for (const { _id: id, key } of found) {
        const checked = withoutChecksum(place, id, Buffer.from(key.value()));
        if (checked) loaded.set(id, { id, key: checked });
      }
      return loaded;
    },
    async delete(ids) {
      await guarded(() => keys.deleteMany({ _id: { $in: [...ids] } }));
    },
    async hashSecret() {
      const stored = await guarded(() => insertOnce(secrets, newSecret()));
      const secret = withoutChecksum(place, HASH_SECRET, Buffer.from(stored.key.value()));
      if (!secret) throw new StoreDamaged(place, 'the secret for hashes is missing');
      return secret;
    },
    async close() {
      closed = true;
    },
  };
}

function newSecret(): StoredKey {
  return { _id: HASH_SECRET, key: new Binary(withChecksum(HASH_SECRET, randomBytes(KEY_BYTES))) };
}

/** Repeated after an unknown outcome, it finds its own keys there: nobody else makes their ids. */
async function insertAll(keys: Collection<StoredKey>, stored: readonly StoredKey[]): Promise<void> {
  if (stored.length === 0) return;
  try {
    await keys.insertMany(stored, { ordered: false });
  } catch (error) {
    if (!duplicateIdsIn(error)) throw error;
  }
}

/**
 * The secret that is there, or this one. Asked for by a write even when it is there: that answers only when a majority has what it
 * found, so that no failover takes back a secret that was used.
 */
async function insertOnce(secrets: Collection<StoredKey>, secret: StoredKey): Promise<StoredKey> {
  const { _id, key } = secret;
  const options = { upsert: true, returnDocument: 'after' } as const;
  for (;;) {
    try {
      const stored = await secrets.findOneAndUpdate({ _id }, { $setOnInsert: { key } }, options);
      if (stored) return stored;
    } catch (error) {
      // Another process was faster by a moment.
      if (!isDuplicateId(error)) throw error;
    }
  }
}
