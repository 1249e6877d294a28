import { randomBytes } from 'node:crypto';
import { connectMongo, type MongoConnection } from '#mongodb';

/** A database of a test's own on the MongoDB that `MONGODB_URL` names. */
export interface TestDatabase {
  /** Names the database. */
  readonly url: string;
  readonly connection: MongoConnection;
  /** A connection of its own, as another process has. */
  connect(): Promise<MongoConnection>;
  /** Deletes the database and closes what was opened on it. */
  drop(): Promise<void>;
}

/** @throws Error when there is no MongoDB to test on */
export async function openTestDatabase(): Promise<TestDatabase> {
  const name = `leadledger_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const url = withDatabase(serverUrl(), name);
  const opened: MongoConnection[] = [];
  const connect = async () => {
    const connection = await connectMongo({ url });
    opened.push(connection);
    return connection;
  };
  const connection = await connect();
  return {
    url,
    connection,
    connect,
    async drop() {
      await connection.db.dropDatabase();
      await Promise.all(opened.map((each) => each.close()));
    },
  };
}

function serverUrl(): string {
  const url = process.env.MONGODB_URL;
  if (url) return url;
  throw new Error('MONGODB_URL names no MongoDB: run this by npm run test:servers.');
}

/** The URL with another database; who signs in is still looked up where the URL said. */
function withDatabase(url: string, name: string): string {
  const [, start = '', path = '', query = ''] =
    /^([^/]+\/\/[^/]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(url) ?? [];
  const options = query.split('&').filter((option) => option !== '');
  if (start.includes('@') && !/authSource=/i.test(query)) {
    options.push(`authSource=${path || 'admin'}`);
  }
  return `${start}/${name}${options.length > 0 ? `?${options.join('&')}` : ''}`;
}
