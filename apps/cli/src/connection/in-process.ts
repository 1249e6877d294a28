import 'reflect-metadata';
import { StoreLocked } from '#event-store';
import { createShutdown, readConfig, silentLogger } from '#platform';
import { compose } from '../../../api/src/composition/compose.js';
import type { Leadledger } from '../../../api/src/composition/leadledger.js';
import type { Use } from '../../../api/src/composition/open-read-store.js';
import { explainFailure } from '../../../api/src/explain-failure.js';
import { serve } from '../../../api/src/serve.js';
import { CliError } from '../cli-error.js';

export interface OwnServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a data folder from this process on a free loopback port, for as long as a command takes. */
export async function serveHere(dataFolder: string): Promise<OwnServer> {
  const ledger = await composeHere(dataFolder, true);
  const server = await serve(ledger);
  return {
    url: server.url,
    async close() {
      const shutdown = createShutdown(silentLogger);
      shutdown.add('http', server.close);
      ledger.stopWith(shutdown);
      await shutdown.run('done');
    },
  };
}

/**
 * The product on a data folder that nobody else uses.
 * @param worker whether projections and processes run
 * @param use see `ReadStoreOptions`
 */
export async function composeHere(
  dataFolder: string,
  worker: boolean,
  use?: Use,
): Promise<Leadledger> {
  try {
    const { EVENTSTORE_URL, EVENTSTORE_PREFIX, MONGODB_URL } = process.env;
    const config = readConfig({
      ...{ EVENTSTORE_URL, EVENTSTORE_PREFIX, MONGODB_URL },
      LEADLEDGER_DATA: dataFolder,
      LEADLEDGER_HOST: '127.0.0.1',
      LEADLEDGER_PORT: '0',
      LEADLEDGER_RATE_LIMIT: '0',
      LEADLEDGER_LOG_LEVEL: 'error',
      LEADLEDGER_WORKER: worker ? 'on' : 'off',
    });
    return await compose(config, { ...(use && { use }) });
  } catch (error) {
    if (error instanceof StoreLocked) {
      throw new CliError(`${error.message} Stop it first, or give --url where that is taken.`);
    }
    throw new CliError(explainFailure(error));
  }
}
