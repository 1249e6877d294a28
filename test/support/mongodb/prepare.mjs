import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HERE = dirname(fileURLToPath(import.meta.url));
const POM = join(HERE, 'pom.xml');
const JAVA = join(HERE, 'java');
const SOURCES = readdirSync(JAVA, { recursive: true })
  .filter((file) => file.endsWith('.java'))
  .sort()
  .map((file) => join(JAVA, file));
const CACHE = join(HERE, '..', '..', '..', 'node_modules', '.cache', 'leadledger-wire-server');
const LIMIT_MS = 180_000;

/** What to do where there is none. */
export const INSTEAD = 'Install it, or set MONGODB_URL to a MongoDB that tests may use.';

/** The wire server cannot be had on this machine; the message says what to do. */
export class WireServerMissing extends Error {
  name = 'WireServerMissing';
}

/**
 * Fetches and compiles the wire server unless it is there already; once it is, nothing needs the network.
 * @returns {Promise<string>} the class path to start it with
 * @throws {WireServerMissing} Java or Maven is missing, or the packages cannot be fetched
 */
export async function prepareWireServer() {
  const hash = createHash('sha256');
  for (const file of [POM, ...SOURCES]) hash.update(readFileSync(file));
  const ready = join(CACHE, hash.digest('hex').slice(0, 16));
  if (!existsSync(ready)) await make(ready);
  return `${join(ready, 'classes')}:${join(ready, 'lib', '*')}`;
}

/** Makes it beside and renames it: of several at once, one has its way and the others' work is dropped. */
async function make(ready) {
  const beside = `${ready}.${randomUUID()}`;
  const lib = join(beside, 'lib');
  const classes = join(beside, 'classes');
  mkdirSync(classes, { recursive: true });
  try {
    const copy = [
      '-q',
      '-B',
      '-f',
      POM,
      'dependency:copy-dependencies',
      `-DoutputDirectory=${lib}`,
    ];
    await attempt('mvn', copy, 'Maven');
    await attempt(
      'javac',
      ['-d', classes, '-cp', join(lib, '*'), ...SOURCES],
      'a JDK, 17 or later',
    );
    if (!existsSync(ready)) renameSync(beside, ready);
  } catch (error) {
    if (!existsSync(ready)) throw error;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

async function attempt(file, args, name) {
  try {
    await run(file, args, { timeout: LIMIT_MS });
  } catch (error) {
    const why =
      error.code === 'ENOENT'
        ? `${file} is not on the PATH`
        : `${file} failed: ${`${error.stdout ?? ''}${error.stderr ?? ''}`.trim().slice(0, 500)}`;
    throw new WireServerMissing(`The wire server needs ${name}, but ${why}. ${INSTEAD}`);
  }
}
