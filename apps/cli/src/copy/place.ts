import { resolve } from 'node:path';
import { type Config, readConfig } from '#platform';
import { CliError } from '../cli-error.js';

/** What is copied from or to. Connection strings hold secrets, so they come from the environment alone. */
export type Place =
  | { readonly kind: 'folder'; readonly folder: string; readonly name: string }
  | {
      readonly kind: 'servers';
      readonly config: Config & { readonly mongoUrl: string };
      /** Where a process on the servers keeps what is its own: the token of its admin. */
      readonly folder: string;
      readonly name: string;
    };

const SERVERS = 'servers';

/**
 * @param given the word `servers`, or a data folder
 * @throws CliError, ConfigError
 */
export function placeOf(given: string, environment: NodeJS.ProcessEnv): Place {
  if (given !== SERVERS) {
    const folder = resolve(given);
    return { kind: 'folder', folder, name: `the data folder ${folder}` };
  }
  const config = readConfig(environment);
  const { eventStoreUrl, mongoUrl, dataFolder: folder } = config;
  if (!eventStoreUrl || !mongoUrl) {
    throw new CliError('For “servers”, set EVENTSTORE_URL and MONGODB_URL.', 2);
  }
  return { kind: 'servers', config: { ...config, mongoUrl }, folder, name: 'the servers' };
}

/** @throws CliError these two cannot be copied one to the other */
export function checkPair(from: Place, to: Place): void {
  if (from.kind === 'servers' && to.kind === 'servers') {
    throw new CliError('One of --from and --to must be a data folder.', 2);
  }
  if (from.kind === 'folder' && to.kind === 'folder' && from.folder === to.folder) {
    throw new CliError('--from and --to are the same data folder.', 2);
  }
}
