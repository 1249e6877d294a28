import 'reflect-metadata';
import { type Config, ConfigError, createShutdown, readConfig, stopOnSignals } from '#platform';
import { compose } from './composition/compose.js';
import { explainFailure } from './explain-failure.js';
import { serve } from './serve.js';
import { noteServer } from './server-file.js';

/** Starts the product, says where it listens, and stops on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  requireSomebodyToWork(config);
  const ledger = await compose(config, { projections: 'own-thread' });
  const server = await serve(ledger);
  const shutdown = createShutdown(ledger.logger);
  shutdown.add('server note', await noteServer(config.dataFolder, server.url));
  shutdown.add('http', server.close);
  ledger.stopWith(shutdown);
  stopOnSignals(shutdown, (code) => process.exit(code));
  const { firstAdmin } = ledger;
  const lines = [
    `Leadledger listens on ${server.url}`,
    ...(firstAdmin
      ? [`Admin token, shown once and kept in ${firstAdmin.file}: ${firstAdmin.token}`]
      : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Where one process has everything, nobody else could keep its lists: they would stay empty, or as they were. */
function requireSomebodyToWork({ worker, eventStoreUrl, mongoUrl }: Config): void {
  if (worker || (eventStoreUrl && mongoUrl)) return;
  throw new ConfigError([
    'LEADLEDGER_WORKER=off needs EVENTSTORE_URL and MONGODB_URL: workers share both with the api. Leave it on otherwise.',
  ]);
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
});
