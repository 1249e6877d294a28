import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './root.mjs';

const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * Runs `work` while no other process that asks for the same lock file runs its own. The lock of a process that has died
 * is taken over.
 */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    await acquire(file, own);
    try {
      return await work();
    } finally {
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

async function acquire(file, own) {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (let told = false; !tryLink(own, file); ) {
    const holder = readHolder(file);
    if (holder === undefined) continue;
    if (!isAlive(holder)) {
      removeStale(file, `${own}.stale`, holder);
      continue;
    }
    if (!told) say(`Waiting for process ${holder}, which is preparing this folder.`);
    told = true;
    if (Date.now() > deadline) {
      throw new Error(`Process ${holder} does not finish. If it is not ours, delete ${file}`);
    }
    await pause(200);
  }
}

/** Unlike opening with `wx`, the lock has its content from its first moment. */
function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Two may find the same dead holder; the slower must not throw away the lock that the faster has taken since. */
function removeStale(file, aside, holder) {
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (readHolder(aside) !== holder) tryLink(aside, file);
  rmSync(aside, { force: true });
}
