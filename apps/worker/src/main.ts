import 'reflect-metadata';
import { type Config, ConfigError, createShutdown, readConfig, stopOnSignals } from '#platform';
import { compose } from '../../api/src/composition/compose.js';
import { explainFailure } from '../../api/src/explain-failure.js';
import { serveHealth } from './health-server.js';

/** Keeps read models and carries processes on, for as many apis as there are, until SIGTERM or SIGINT. Serves nothing but its health. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  requireServers(config);
  const ledger = await compose({ ...config, worker: true }, { role: 'worker' });
  const shutdown = createShutdown(ledger.logger);
  const { host, healthPort } = config;
  if (healthPort !== undefined) {
    const server = await serveHealth(ledger.health, { host, port: healthPort });
    shutdown.add('health', server.close);
  }
  ledger.stopWith(shutdown);
  stopOnSignals(shutdown, (code) => process.exit(code));
  process.stdout.write('The worker is at work.\n');
}

/**
 * A worker takes projections and processes off the api, which only servers that several processes share can offer: an embedded
 * data folder has one process.
 */
function requireServers({ eventStoreUrl, mongoUrl }: Config): void {
  if (eventStoreUrl && mongoUrl) return;
  throw new ConfigError([
    'A worker needs EVENTSTORE_URL and MONGODB_URL. With the embedded stores the api does its work: leave LEADLEDGER_WORKER on.',
  ]);
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainFailure(error, 'LEADLEDGER_HEALTH_PORT')}\n`);
  process.exit(1);
});
