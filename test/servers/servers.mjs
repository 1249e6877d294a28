import { startWireServer } from '../support/mongodb/wire-server.mjs';

/**
 * A server that specs need. A spec needs it when it imports something from `support`.
 *
 * @typedef {object} Server
 * @property {string} name
 * @property {string} variable of the environment, which names one to test on; specs read it
 * @property {RegExp} support matches what specs that need it import
 * @property {() => Promise<{ url: string, stop: () => Promise<void> }>} start one of the tests' own
 * @property {string} notShown what the tests' own cannot show, so that it is tested nowhere in such a run
 */

/** @type {readonly Server[]} */
export const SERVERS = [
  {
    name: 'MongoDB',
    variable: 'MONGODB_URL',
    support: /support\/mongodb\//,
    start: startWireServer,
    notShown:
      'elections and rollbacks, majorities, retryable writes of the driver, sharding, plans and the use of indexes',
  },
];
