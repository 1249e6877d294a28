import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../apps/launcher/root.mjs';
import { EVENT_STORE_DB, MONGODB, MONGODB_ON_FILE } from './servers.mjs';

/**
 * Specs that run together.
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {readonly string[]} specs
 * @property {readonly import('./servers.mjs').Server[]} servers that it needs
 * @property {true} [anotherForm] whether it repeats another suite on a server's other form
 * @property {(server: import('./servers.mjs').Server) => string} variable by which its specs are told of a server
 */

const OF_ADAPTERS = '.servers.spec.ts';
const ADAPTERS = specsIn(['apps', 'libs', 'test'], OF_ADAPTERS);
/** These start their server themselves, whatever form the suite's has. */
const STARTING_THEIR_OWN = ['faults', 'restart'].map((name) => `/${name}${OF_ADAPTERS}`);
const ACCEPTANCE = specsIn(['test/acceptance'], '.spec.ts').filter(
  (spec) => !spec.endsWith(OF_ADAPTERS),
);
const ofTheAdapter = ({ variable }) => variable;
/** Names of their own, since specs that mean the embedded stores run in the same suite. */
const ofThePairing = ({ variable }) => `ACCEPTANCE_${variable}`;

/** @type {readonly Suite[]} the acceptance of the embedded pair is in `npm test` */
export const SUITES = [
  {
    name: 'adapters on MongoDB',
    specs: ADAPTERS,
    servers: [MONGODB],
    variable: ofTheAdapter,
  },
  {
    name: 'adapters on MongoDB, on a file',
    specs: ADAPTERS.filter((spec) => !STARTING_THEIR_OWN.some((end) => spec.endsWith(end))),
    servers: [MONGODB_ON_FILE],
    anotherForm: true,
    variable: ofTheAdapter,
  },
  {
    name: 'adapter on EventStoreDB',
    specs: ['libs/event-store/src/eventstoredb/event-store-db.spec.ts'],
    servers: [EVENT_STORE_DB],
    variable: ofTheAdapter,
  },
  ...[
    ['embedded events, MongoDB', [MONGODB]],
    ['EventStoreDB, embedded read store', [EVENT_STORE_DB]],
    ['EventStoreDB, MongoDB', [EVENT_STORE_DB, MONGODB_ON_FILE]],
  ].map(([pairing, servers]) => ({
    name: `acceptance: ${pairing}`,
    specs: ACCEPTANCE,
    servers,
    variable: ofThePairing,
  })),
];

function specsIn(rooms, suffix) {
  return rooms
    .flatMap((room) =>
      readdirSync(join(ROOT, room), { recursive: true }).map((file) => join(room, file)),
    )
    .filter((file) => file.endsWith(suffix) && !file.includes('node_modules'));
}
