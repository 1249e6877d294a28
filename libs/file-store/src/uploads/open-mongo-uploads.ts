import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GridFSBucket, MongoError, ObjectId } from 'mongodb';
import { isDuplicateKey, type MongoConnection, MongoUnavailable } from '#mongodb';
import { FileStoreUnavailable } from '../file-store.port.js';
import { checkUploadName } from './upload-name.js';
import type { Uploads } from './uploads.port.js';

const BUCKET = 'uploads';
const PAGE = 1_000;

interface UploadDocument {
  readonly _id: ObjectId;
  readonly filename: string;
}

/**
 * Uploads on GridFS. What arrives is stored under a name of its own, and renamed as it is kept; a unique index says who was first. Its
 * chunks are written as they come, so that a process that is killed leaves some that no file has: `clear` finds them by their age.
 * @throws FileStoreUnavailable
 */
export async function openMongoUploads(connection: MongoConnection): Promise<Uploads> {
  const { db } = connection;
  const concern = db.writeConcern ? { writeConcern: db.writeConcern } : {};
  const bucket = new GridFSBucket(db, { bucketName: BUCKET, ...concern });
  const files = db.collection<UploadDocument>(`${BUCKET}.files`);
  const chunks = db.collection<{ files_id: ObjectId; n: number }>(`${BUCKET}.chunks`);

  function translated(error: unknown): unknown {
    if (error instanceof MongoUnavailable) {
      return new FileStoreUnavailable(`MongoDB at ${error.place}: ${error.why}`);
    }
    if (!(error instanceof MongoError)) return error;
    return new FileStoreUnavailable(`MongoDB at ${connection.place}: ${error.name}`);
  }

  async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    return connection.run(work).catch((error) => {
      throw translated(error);
    });
  }

  async function deleteUpload(id: ObjectId): Promise<void> {
    // The file first: a name whose chunks are gone would be read as damaged.
    await guarded(() => files.deleteOne({ _id: id }));
    await guarded(() => chunks.deleteMany({ files_id: id }));
  }

  async function idOf(name: string): Promise<ObjectId | undefined> {
    const query = { filename: checkUploadName(name) };
    return (await guarded(() => files.findOne(query)))?._id;
  }

  /** Errors of the driver come out as the port's. */
  function read(id: ObjectId): Readable {
    const content = new PassThrough();
    pipeline(bucket.openDownloadStream(id), content).catch((error) =>
      content.destroy(translated(error) as Error),
    );
    return content;
  }

  async function rename(id: ObjectId, name: string): Promise<void> {
    const filename = checkUploadName(name);
    await guarded(async () => {
      try {
        await files.updateOne({ _id: id }, { $set: { filename } });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    });
  }

  await guarded(() => files.createIndex({ filename: 1 }, { unique: true, name: 'one_per_name' }));

  return {
    async receive(content) {
      const id = new ObjectId();
      const arriving = `arriving ${id.toHexString()}`;
      try {
        await pipeline(Readable.from(content), bucket.openUploadStreamWithId(id, arriving));
      } catch (error) {
        await deleteUpload(id).catch(() => undefined);
        throw translated(error);
      }
      return {
        open: async () => read(id),
        keep: (name) => rename(id, name),
        async discard() {
          const own = await guarded(() => files.findOne({ _id: id, filename: arriving }));
          if (own) await deleteUpload(id);
        },
      };
    },
    async open(name) {
      const id = await idOf(name);
      return id && read(id);
    },
    async remove(name) {
      const id = await idOf(name);
      if (id) await deleteUpload(id);
    },
    async *names() {
      for (let last = ''; ; ) {
        const query = { filename: { $gt: last } };
        const found = await guarded(() =>
          files.find(query).sort({ filename: 1 }).limit(PAGE).toArray(),
        );
        if (found.length === 0) return;
        for (const { filename } of found) if (!filename.includes(' ')) yield filename;
        last = found.at(-1)?.filename ?? last;
      }
    },
    async clear(isUsed, olderThanMs) {
      const before = ObjectId.createFromTime(Math.floor((Date.now() - olderThanMs) / 1_000));
      const old = await guarded(() => files.find({ _id: { $lte: before } }).toArray());
      for (const { _id, filename } of old) if (!isUsed(filename)) await deleteUpload(_id);
      const first = { n: 0, files_id: { $lte: before } };
      const begun = await guarded(() =>
        chunks.find(first, { projection: { files_id: 1 } }).toArray(),
      );
      for (const { files_id: id } of begun) {
        if (!(await guarded(() => files.findOne({ _id: id })))) await deleteUpload(id);
      }
    },
  };
}
