import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { StoreLocked } from '../errors.js';
import { errorCode } from './store-errors.js';

/** A process that reads holds the lock shared for a moment while it checks the files. */
const ATTEMPTS = 6;
const PAUSE_MS = 50;

const writersHere = new Set<string>();

/**
 * Makes this process the folder's only writer until released. The lock is one of the operating system's on a file that SQLite holds
 * open, so it ends with the process, however that ends; the pid beside it only serves the message.
 *
 * @throws StoreLocked
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const real = realpathSync(folder);
  if (writersHere.has(real)) throw new StoreLocked(folder, process.pid);
  writersHere.add(real);
  const pidFile = join(real, 'events.pid');
  try {
    const lock = await take(join(real, 'events.lock'));
    if (!lock) throw new StoreLocked(folder, readPid(pidFile));
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
    return () => {
      rmSync(pidFile, { force: true });
      lock.close();
      writersHere.delete(real);
    };
  } catch (error) {
    writersHere.delete(real);
    throw error;
  }
}

/** Runs `check` while no process writes, or answers undefined when one does. */
export async function whileUnlocked<Result>(
  folder: string,
  check: () => Result,
): Promise<Result | undefined> {
  const file = join(realpathSync(folder), 'events.lock');
  if (writersHere.has(realpathSync(folder))) return undefined;
  if (!existsSync(file)) return check();
  const lock = new Database(file);
  try {
    lock.exec('BEGIN');
    lock.prepare('SELECT count(*) FROM sqlite_master').all();
  } catch {
    lock.close();
    return undefined;
  }
  try {
    return check();
  } finally {
    // Closing alone would keep the lock as long as a statement of the connection lives.
    lock.exec('ROLLBACK');
    lock.close();
  }
}

async function take(file: string): Promise<Database.Database | undefined> {
  const lock = new Database(file);
  for (let attempt = 1; ; attempt += 1) {
    try {
      lock.exec('BEGIN EXCLUSIVE');
      return lock;
    } catch (error) {
      if (!errorCode(error).startsWith('SQLITE_BUSY')) {
        lock.close();
        throw error;
      }
    }
    if (attempt === ATTEMPTS) break;
    await sleep(PAUSE_MS);
  }
  lock.close();
  return undefined;
}

function readPid(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'latin1'));
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}
