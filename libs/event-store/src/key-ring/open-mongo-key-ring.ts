import { randomBytes, randomUUID } from 'node:crypto';
import { Binary, type Collection } from 'mongodb';
import { duplicateIdsIn, isDuplicateId, type MongoConnection, MongoUnavailable } from '#mongodb';
import { ForeignKeyRing, StoreDamaged, StoreUnavailable } from '../errors.js';
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
  /** The secret for hashes that a ring without one is to have: that of the ring it becomes a copy of. */
  readonly secret?: Buffer;
}

const HASH_SECRET = 'hash';
/** Keys read at once where all are. */
const PAGE = 1_000;

/**
 * The key ring on MongoDB, in the collections `keys` and `key_secrets`. Whoever backs up the log without these backs up no personal
 * value; a deleted key is gone from the database at once, but from MongoDB's own oplog and from backups only in their time.
 * The secret for hashes is made with the ring: keys without it are those of a ring that was damaged. Closing it leaves the connection open.
 * @throws StoreDamaged there is no ring where there must be one
 * @throws StoreUnavailable
 * @throws ForeignKeyRing it has another secret than the one given
 */
export async function openMongoKeyRing(
  connection: MongoConnection,
  { mustExist = false, secret }: MongoKeyRingOptions = {},
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
      const why = 'they are missing, but events were written with them; check MONGODB_URL';
      throw new StoreDamaged(place, why);
    }
    await insertOnce(secrets, storedSecret(secret));
  });

  async function hashSecret(): Promise<Buffer> {
    const stored = await guarded(() => insertOnce(secrets, storedSecret()));
    const found = withoutChecksum(place, HASH_SECRET, Buffer.from(stored.key.value()));
    if (!found) throw new StoreDamaged(place, 'the secret for hashes is missing');
    return found;
  }

  if (secret && !(await hashSecret()).equals(secret)) throw new ForeignKeyRing(place);

  function toKeys(stored: readonly StoredKey[]): readonly DataKey[] {
    return stored.flatMap(({ _id: id, key }) => {
      const checked = withoutChecksum(place, id, Buffer.from(key.value()));
      return checked ? [{ id, key: checked }] : [];
    });
  }

  return {
    async *all() {
      for (let last = ''; ; ) {
        const query = { _id: { $gt: last } };
        const found = await guarded(() =>
          keys.find(query).sort({ _id: 1 }).limit(PAGE).batchSize(PAGE).toArray(),
        );
        if (found.length === 0) return;
        yield toKeys(found);
        last = found.at(-1)?._id ?? last;
      }
    },
    async adopt(given) {
      await guarded(() => insertAll(keys, given.map(toStored)));
    },
    async allocate(count) {
      const fresh = Array.from({ length: count }, (): DataKey => {
        return { id: randomUUID(), key: randomBytes(KEY_BYTES) };
      });
      await guarded(() => insertAll(keys, fresh.map(toStored)));
      return fresh;
    },
    async load(ids) {
      const found = await guarded(async () => {
        if (ids.length === 0) return [];
        const query = { _id: { $in: [...ids] } };
        return keys.find(query, { batchSize: ids.length + 1 }).toArray();
      });
      return new Map(toKeys(found).map((key) => [key.id, key]));
    },
    async delete(ids) {
      await guarded(() => keys.deleteMany({ _id: { $in: [...ids] } }));
    },
    hashSecret,
    async close() {
      closed = true;
    },
  };
}

function storedSecret(secret: Buffer = randomBytes(KEY_BYTES)): StoredKey {
  return toStored({ id: HASH_SECRET, key: secret });
}

function toStored({ id, key }: DataKey): StoredKey {
  return { _id: id, key: new Binary(withChecksum(id, key)) };
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
