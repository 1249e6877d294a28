import { type Db, MongoClient, type MongoClientOptions, MongoError, ReadConcern } from 'mongodb';
import type { MongoConnection } from './connection.js';
import { MongoUnavailable } from './errors.js';
import { explainFailure } from './explain-failure.js';
import { isBrokenSocket } from './is-passing.js';
import { mendWrites } from './mend-writes.js';
import { retried } from './retry.js';

export interface ConnectMongoOptions {
  /** `mongodb://…` or `mongodb+srv://…`. Its path names the database; default `leadledger`. */
  readonly url: string;
  /** How long (ms) opening may take before it fails. */
  readonly openWithinMs?: number;
  /** How long (ms) a call is tried again while MongoDB is away. */
  readonly patienceMs?: number;
}

const DATABASE = 'leadledger';
const OPEN_WITHIN_MS = 8_000;
const PATIENCE_MS = 10_000;
/** A server that hangs holds nobody longer than this. */
const SILENCE_MS = 30_000;
/** A majority that does not answer within this is told as a failure, and the write is repeated. */
const MAJORITY_MS = 10_000;

/**
 * Connects, and reads once from the database, so that what is wrong with the URL, the credentials or the server is told here.
 * @throws MongoUnavailable within `openWithinMs`
 */
export async function connectMongo(options: ConnectMongoOptions): Promise<MongoConnection> {
  const { url, openWithinMs = OPEN_WITHIN_MS, patienceMs = PATIENCE_MS } = options;
  const client = clientOf(url, openWithinMs);
  const name = namesDatabase(url) ? client.options.dbName : DATABASE;
  const place = `${client.options.srvHost ?? client.options.hosts.join(',')}/${name}`;
  const db = client.db(name, {
    readPreference: 'primary',
    readConcern: new ReadConcern('local'),
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: MAJORITY_MS },
  });
  try {
    await within(openWithinMs, readOnce(client, db));
  } catch (error) {
    void client.close().catch(() => undefined);
    throw new MongoUnavailable(place, explainFailure(error));
  }
  return {
    db,
    place,
    async run(work, patience = patienceMs) {
      try {
        return await retried(work, patience);
      } catch (error) {
        const isDrivers = error instanceof MongoError || isBrokenSocket(error);
        throw isDrivers ? new MongoUnavailable(place, explainFailure(error)) : error;
      }
    },
    close: () => client.close(),
  };
}

function clientOf(url: string, openWithinMs: number): MongoClient {
  const options: MongoClientOptions = {
    appName: 'leadledger',
    // Calls are tried again here. The driver's own way needs sessions, and services that announce these and refuse that.
    retryWrites: false,
    ignoreUndefined: true,
    serverSelectionTimeoutMS: openWithinMs,
    connectTimeoutMS: openWithinMs,
    socketTimeoutMS: SILENCE_MS,
  };
  try {
    return new MongoClient(url, options);
  } catch {
    // The driver's words may quote the URL, and with it a password.
    throw new MongoUnavailable(
      'the configured URL',
      'the URL cannot be read: it must be mongodb://[user:password@]host[:port][/database], with special characters of user and password percent-encoded, and with options that the driver knows',
    );
  }
}

/** The driver has a default of its own. */
function namesDatabase(url: string): boolean {
  return /^[^/]+\/\/[^/]*\/[^?]/.test(url);
}

async function readOnce(client: MongoClient, db: Db): Promise<void> {
  await client.connect();
  mendWrites(client);
  await db.listCollections({}, { nameOnly: true }).toArray();
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not answer within ${ms} ms`)), ms + 250);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
