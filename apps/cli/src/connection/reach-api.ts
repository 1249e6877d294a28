import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readServerNote } from '../../../api/src/server-file.js';
import { CliError } from '../cli-error.js';
import { type ApiClient, apiClient } from './api-client.js';
import { serveHere } from './in-process.js';

/** Where a command finds the API, as its options say. */
export interface ReachOptions {
  readonly url?: string;
  readonly token?: string;
  readonly data?: string;
}

const TOKEN_FILE = 'admin.token';

export function dataFolderOf({ data }: Pick<ReachOptions, 'data'>): string {
  return resolve(data ?? (process.env.LEADLEDGER_DATA || './data'));
}

/**
 * Does something with the API: at `--url`, else at the server on the data folder, else at one that this process runs
 * meanwhile (`own`), and which is gone afterwards.
 */
export async function withApi<Result>(
  options: ReachOptions,
  work: (api: ApiClient, own: boolean) => Promise<Result>,
): Promise<Result> {
  const folder = dataFolderOf(options);
  const noted = options.url ?? (await readServerNote(folder))?.url;
  if (noted !== undefined)
    return work(apiClient(trimmed(noted), await tokenFor(options, folder)), false);
  const own = await serveHere(folder);
  const stop = () => void own.close().then(() => process.exit(130));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await work(apiClient(own.url, await tokenFor(options, folder)), true);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await own.close();
  }
}

function trimmed(url: string): string {
  if (!URL.canParse(url)) throw new CliError(`This is not a URL: ${url}`, 2);
  return url.replace(/\/+$/, '');
}

async function tokenFor({ token }: ReachOptions, folder: string): Promise<string> {
  const given = token ?? process.env.LEADLEDGER_TOKEN;
  if (given) return given.trim();
  try {
    return (await readFile(join(folder, TOKEN_FILE), 'utf8')).trim();
  } catch {
    throw new CliError(
      `Give --token or LEADLEDGER_TOKEN: there is no ${TOKEN_FILE} in ${folder}.`,
      2,
    );
  }
}
