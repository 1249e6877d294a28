import { readConfig } from '#platform';

/**
 * A worker takes projections and processes off the api, which only servers that several processes share can offer: an
 * embedded data folder has one writer, and that is the api.
 */
function main(): void {
  readConfig(process.env);
  throw new Error(
    'A worker needs EventStoreDB and MongoDB (EVENTSTORE_URL, MONGODB_URL), which this build cannot use yet. ' +
      'With the embedded stores the api does the work of a worker itself: leave LEADLEDGER_WORKER on.',
  );
}

try {
  main();
} catch (error) {
  const message = error instanceof Error ? error.message.replaceAll('\n', ' ') : 'unknown';
  process.stderr.write(`The worker could not start: ${message}\n`);
  process.exitCode = 1;
}
