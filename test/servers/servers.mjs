import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandInProcess } from '../support/eventstoredb/stand-in-process.mjs';
import { startWireServer } from '../support/mongodb/wire-server.mjs';

/**
 * A server that suites need.
 *
 * @typedef {object} Server
 * @property {string} name
 * @property {string} variable of the environment, which names one to test on
 * @property {string} form of the tests' own, told beside its name
 * @property {() => Promise<{ url: string, stop: () => Promise<void> }>} start one of the tests' own
 * @property {string} notShown what the tests' own cannot show, so that it is tested nowhere in such a run
 */

/** @type {Server} */
export const EVENT_STORE_DB = {
  name: 'EventStoreDB',
  variable: 'EVENTSTORE_URL',
  form: 'in memory',
  start: startStandInProcess,
  notShown: 'logs that outlive the process, elections among three nodes, its speed',
};

/** @type {Server} */
export const MONGODB = {
  name: 'MongoDB',
  variable: 'MONGODB_URL',
  form: 'in memory',
  start: startWireServer,
  notShown:
    'elections and rollbacks, majorities, retryable writes of the driver, sharding, plans and the use of indexes',
};

/**
 * The same server on another storage, which nothing may depend on.
 *
 * @type {Server}
 */
export const MONGODB_ON_FILE = { ...MONGODB, form: 'on a file', start: startOnFile };

async function startOnFile() {
  const folder = mkdtempSync(join(tmpdir(), 'wire server '));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await startWireServer({ file: join(folder, 'mongo.h2') });
    return { ...server, stop: () => server.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}
