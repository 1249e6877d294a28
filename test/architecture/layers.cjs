/**
 * Imports point one way: crm <- event-store / read-store <- access, write-side, read-side <- notify <- apps.
 * Each rule says why it is there; `npm run lint` holds them.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'crm-is-pure',
      comment:
        'The domain decides from what it is given. The packages allowed here are pure functions over values: name-based ids and the phone number plan.',
      severity: 'error',
      from: { path: '^libs/crm/src', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^(libs/crm/|node_modules/(uuid|libphonenumber-js)/)' },
    },
    {
      name: 'stores-know-only-the-domain',
      comment: 'A store adapter must not reach into the sides that use it.',
      severity: 'error',
      from: { path: '^libs/(event-store|read-store|file-store)/' },
      to: { path: '^(libs/(write-side|read-side|access|reports|notify)|apps)/' },
    },
    {
      name: 'event-store-and-read-store-are-strangers',
      comment: 'Either can be replaced without touching the other.',
      severity: 'error',
      from: { path: '^libs/event-store/' },
      to: { path: '^libs/read-store/' },
    },
    {
      name: 'read-store-ignores-events',
      comment: 'Documents do not know where they come from.',
      severity: 'error',
      from: { path: '^libs/read-store/' },
      to: { path: '^libs/event-store/' },
    },
    {
      name: 'mongodb-knows-no-store',
      comment: 'The connection is shared by adapters of stores that are strangers to each other.',
      severity: 'error',
      from: { path: '^libs/mongodb/' },
      to: { path: '^(libs/(?!mongodb/)|apps/)' },
    },
    {
      name: 'only-adapters-know-mongodb',
      comment: 'Everything else speaks to ports. Wiring opens the connection.',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot:
          '^(libs/(mongodb|file-store)/|libs/read-store/src/mongodb/|libs/event-store/src/key-ring/|test/)|composition/',
      },
      to: { path: '^(libs/mongodb/|node_modules/mongodb/)' },
    },
    {
      name: 'queries-never-touch-the-write-side',
      comment: 'A query reads documents or events; it never loads what a command decides on.',
      severity: 'error',
      from: { path: '^libs/read-side/' },
      to: { path: '^libs/write-side/' },
    },
    {
      name: 'sides-know-no-notify',
      comment:
        'Telling people of what happened follows the log; nothing that happens waits for it.',
      severity: 'error',
      from: { path: '^libs/(write-side|read-side|access)/' },
      to: { path: '^libs/notify/' },
    },
    {
      name: 'notify-finds-through-ports',
      comment: 'It issues commands; what it has to find, it asks for through ports of its own.',
      severity: 'error',
      from: { path: '^libs/notify/' },
      to: { path: '^libs/(read-side|read-store)/' },
    },
    {
      name: 'libs-never-import-apps',
      comment: 'Apps are wiring; nothing may depend on wiring.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-circular',
      comment: 'A circle has no first room.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
    },
  },
};
