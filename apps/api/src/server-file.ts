import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A server as it tells the command line about itself. */
export interface ServerNote {
  readonly url: string;
  readonly pid: number;
}

const FILE = 'server.json';

/** Notes in the data folder where the server on it listens. Call it once it does; the answer takes the note away again. */
export async function noteServer(dataFolder: string, url: string): Promise<() => Promise<void>> {
  const file = join(dataFolder, FILE);
  // Where everything is on servers, nobody has needed the folder so far.
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify({ url, pid: process.pid })}\n`, { mode: 0o600 });
  await rename(draft, file);
  return async () => {
    const noted = await readServerNote(dataFolder);
    if (noted?.pid === process.pid) await rm(file, { force: true });
  };
}

/** The server noted in a data folder, if its process is alive: one that was killed leaves its note behind. */
export async function readServerNote(dataFolder: string): Promise<ServerNote | undefined> {
  let note: unknown;
  try {
    note = JSON.parse(await readFile(join(dataFolder, FILE), 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof note !== 'object' || note === null || !('url' in note) || !('pid' in note)) {
    return undefined;
  }
  const { url, pid } = note;
  return typeof url === 'string' && typeof pid === 'number' && isAlive(pid)
    ? { url, pid }
    : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
