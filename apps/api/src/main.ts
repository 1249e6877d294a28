import 'reflect-metadata';
import { createShutdown, readConfig, stopOnSignals } from '#platform';
import { compose } from './composition/compose.js';
import { explainFailure } from './explain-failure.js';
import { serve } from './serve.js';
import { noteServer } from './server-file.js';

/** Starts the product, says where it listens, and stops on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
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

main().catch((error: unknown) => {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
});
