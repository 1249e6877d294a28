import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, ROOT } from './root.mjs';
import { ON_THE_WAY, runChild } from './run-child.mjs';

const STAMP = join(DIST, 'built-from');
const ROOMS = ['apps', 'libs'];
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'apps/tsconfig.build.json'];

/** Whether dist was built from the sources as they stand. */
export function buildIsCurrent() {
  return readStamp() === hashOfSources();
}

/**
 * Compiles into a folder beside the code in use and then puts it in its place, so that what fails, or is killed, never
 * leaves half a build that looks whole.
 * @returns the compiler's exit code
 */
export async function build() {
  const next = join(DIST, '.next');
  const stamp = hashOfSources();
  rmSync(next, { recursive: true, force: true });
  const tsc = join(ROOT, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  const args = [tsc, '--project', join('apps', 'tsconfig.build.json'), '--outDir', next];
  const code = await runChild(process.execPath, args, ON_THE_WAY);
  if (code === 0) putInPlace(next, stamp);
  else rmSync(next, { recursive: true, force: true });
  return code;
}

function putInPlace(next, stamp) {
  const old = join(DIST, '.old');
  rmSync(STAMP, { force: true });
  rmSync(old, { recursive: true, force: true });
  mkdirSync(old);
  for (const room of ROOMS) {
    renameIfThere(join(DIST, room), join(old, room));
    renameSync(join(next, room), join(DIST, room));
  }
  writeFileSync(STAMP, stamp);
  rmSync(old, { recursive: true });
  rmSync(next, { recursive: true });
}

function renameIfThere(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const path of [...SETTINGS, ...ROOMS.flatMap(sourcesIn).sort()]) {
    const content = readFileSync(join(ROOT, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function sourcesIn(room) {
  return readdirSync(join(ROOT, room), { recursive: true })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(room, path));
}
