import { createHash } from 'node:crypto';
import { connectMongo } from '#mongodb';

/** What of the servers is a test's own. */
export interface OwnServers {
  /** Variables that name them; none for the embedded stores. */
  readonly environment: Readonly<Record<string, string>>;
  /** Deletes what can be deleted; events stay, in streams that nobody else reads. */
  forget(): Promise<void>;
}

/**
 * The servers that `npm run test:servers` runs acceptance tests on, with streams and a database that belong to one data folder alone: whoever
 * opens the folder again finds them again.
 */
export function serversFor(folder: string): OwnServers {
  const { ACCEPTANCE_EVENTSTORE_URL: events, ACCEPTANCE_MONGODB_URL: mongo } = process.env;
  const own = createHash('sha256').update(folder).digest('hex').slice(0, 20);
  const database = mongo && withDatabase(mongo, `test_${own}`);
  return {
    environment: {
      ...(events && { EVENTSTORE_URL: events, EVENTSTORE_PREFIX: `test.${own}.` }),
      ...(database && { MONGODB_URL: database }),
    },
    async forget() {
      if (!database) return;
      const connection = await connectMongo({ url: database });
      await connection.db.dropDatabase();
      await connection.close();
    },
  };
}

/** The connection string with its database, if any, replaced. */
function withDatabase(url: string, database: string): string {
  const [, server = '', options = ''] = /^([^/]+\/\/[^/?]+)[^?]*(\?.*)?$/.exec(url) ?? [];
  return `${server}/${database}${options}`;
}
