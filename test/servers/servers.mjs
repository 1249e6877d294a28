import { startStandInProcess } from '../support/eventstoredb/stand-in-process.mjs';
import { startWireServer } from '../support/mongodb/wire-server.mjs';

/**
 * A server that suites need.
 *
 * @typedef {object} Server
 * @property {string} name
 * @property {string} variable of the environment, which names one to test on
 * @property {() => Promise<{ url: string, stop: () => Promise<void> }>} start one of the tests' own
 * @property {string} notShown what the tests' own cannot show, so that it is tested nowhere in such a run
 */

/** @type {Server} */
export const EVENT_STORE_DB = {
  name: 'EventStoreDB',
  variable: 'EVENTSTORE_URL',
  start: startStandInProcess,
  notShown: 'logs that outlive the process, elections among three nodes, its speed',
};

/** @type {Server} */
export const MONGODB = {
  name: 'MongoDB',
  variable: 'MONGODB_URL',
  start: startWireServer,
  notShown:
    'elections and rollbacks, majorities, retryable writes of the driver, sharding, plans and the use of indexes',
};
