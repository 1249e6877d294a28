import { finished } from 'node:stream/promises';
import { GridFSBucket, MongoGridFSChunkError, type ObjectId } from 'mongodb';
import { isDuplicateKey, type MongoConnection, MongoUnavailable } from '#mongodb';
import { FileDamaged, type FileStore, FileStoreUnavailable } from './file-store.port.js';
import { isSha256, sha256Of } from './sha256.js';
import { verified } from './verified.js';

const BUCKET = 'attachments';
/** Most contents are one chunk, which is one round trip. Far below the 16 MiB that a document of MongoDB's may have. */
const CHUNK_BYTES = 4 * 1024 * 1024;
/** Names read at once where all are. */
const PAGE = 1_000;

/**
 * A file store on GridFS. A content's hash is its file's name, which a unique index keeps single: chunks are written first, under an id
 * of their own, and count from the moment that the name is taken. Of two who store the same content at once the slower takes its chunks
 * away again; one that dies before, or loses the connection, leaves chunks that perhaps nobody reads.
 * @throws FileStoreUnavailable
 */
export async function openMongoFileStore(connection: MongoConnection): Promise<FileStore> {
  const bucket = new GridFSBucket(connection.db, {
    bucketName: BUCKET,
    chunkSizeBytes: CHUNK_BYTES,
    ...(connection.db.writeConcern && { writeConcern: connection.db.writeConcern }),
  });
  const files = connection.db.collection<{ _id: ObjectId; filename: string }>(`${BUCKET}.files`);
  const chunks = connection.db.collection<{ files_id: ObjectId }>(`${BUCKET}.chunks`);

  async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await connection.run(work);
    } catch (error) {
      throw error instanceof MongoUnavailable ? unavailable(error) : error;
    }
  }

  /** By a write that changes nothing: it answers only when a majority has what it found. */
  async function isDurable(sha256: string): Promise<boolean> {
    const found = await files.updateOne({ filename: sha256 }, { $set: { filename: sha256 } });
    return found.matchedCount > 0;
  }

  async function upload(content: Uint8Array, sha256: string): Promise<void> {
    const stream = bucket.openUploadStream(sha256);
    try {
      stream.end(content);
      await finished(stream);
    } catch (error) {
      // Whether anything else that failed had taken the name is not known: the chunks may be the only ones.
      if (isDuplicateKey(error)) {
        await chunks.deleteMany({ files_id: stream.id }).catch(() => undefined);
      }
      throw error;
    }
  }

  await guarded(() =>
    files.createIndex({ filename: 1 }, { unique: true, name: 'one_per_content' }),
  );

  return {
    async put(content) {
      const sha256 = sha256Of(content);
      await guarded(async () => {
        while (!(await isDurable(sha256))) {
          try {
            return await upload(content, sha256);
          } catch (error) {
            if (!isDuplicateKey(error)) throw error;
          }
        }
      });
      return { sha256, size: content.byteLength };
    },
    async get(sha256) {
      if (!isSha256(sha256)) return undefined;
      const file = await guarded(() => files.findOne({ filename: sha256 }));
      if (!file) return undefined;
      return verified(bucket.openDownloadStream(file._id), sha256, (error) =>
        error instanceof MongoGridFSChunkError
          ? new FileDamaged(sha256)
          : unavailable(new MongoUnavailable(connection.place, error.name)),
      );
    },
    async *all() {
      for (let last = ''; ; ) {
        const query = { filename: { $gt: last } };
        const options = {
          sort: { filename: 1 },
          limit: PAGE,
          projection: { filename: 1 },
        } as const;
        const found = await guarded(() => files.find(query, options).toArray());
        if (found.length === 0) return;
        for (const { filename } of found) yield filename;
        last = found.at(-1)?.filename ?? last;
      }
    },
  };
}

function unavailable({ place, why }: MongoUnavailable): FileStoreUnavailable {
  return new FileStoreUnavailable(`MongoDB at ${place}: ${why}`);
}
