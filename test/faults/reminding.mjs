// A process on a data folder of opportunities that fall due within one minute.
//   node reminding.mjs <data folder> seed <count> <start, ISO 8601>   captures them, each to be done within an hour
//   node reminding.mjs <data folder> remind <ms that its clock is ahead>   the product, reminding; "clock <ms>" on stdin moves the clock
//   node reminding.mjs <data folder> beside   reminds whoever else does, under no lease; on servers
//   node reminding.mjs <data folder> count   tells what reminders there are
// On the servers that the environment names, where it does.
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { compose } from '../../dist/apps/api/src/composition/compose.js';
import { createShutdown, readConfig, silentLogger } from '../../dist/libs/platform/src/index.js';
import { createReminders, processAuthority } from '../../dist/libs/write-side/src/index.js';

const AT_ONCE = 64;
const WITHIN_MS = 60_000;
const TELL_MS = 20;
const [folder, act, first, second] = process.argv.slice(2);
const { EVENTSTORE_URL, MONGODB_URL } = process.env;
const isShared = EVENTSTORE_URL !== undefined;
const config = readConfig({
  ...{ LEADLEDGER_DATA: folder, LEADLEDGER_PORT: '0' },
  ...(isShared && { EVENTSTORE_URL, MONGODB_URL }),
});
let issued = 0;
let clock = { now: () => new Date().toISOString() };

const counting = (store) => ({
  ...store,
  async append(request) {
    const stored = await store.append(request);
    if (request.stream.startsWith('reminder-')) issued += 1;
    return stored;
  },
});
const tell = (facts) => process.stdout.write(`${JSON.stringify(facts)}\n`);
const open = (worker = !isShared) =>
  compose(
    { ...config, worker },
    {
      ...{ logger: silentLogger, events: counting, projections: 'own-thread' },
      clock: { now: () => clock.now() },
    },
  );
const close = async (ledger) => {
  const shutdown = createShutdown(silentLogger);
  ledger.stopWith(shutdown);
  await shutdown.run('done');
};
const envelope = () => {
  const commandId = randomUUID();
  return {
    ...{ authority: processAuthority('test'), commandId, correlationId: commandId, fresh: true },
  };
};

async function seed(count, start) {
  clock = { now: () => start };
  const ledger = await open();
  const { write, people } = ledger;
  const policy = { entries: [{ id: 'hour', allowedMinutes: 60 }] };
  await write.settingsCommands.handle({ kind: 'set-overdue-policy', policy }, envelope());
  const [ownerId] = people.activeAdmins();
  let next = 0;
  const capture = async () => {
    for (let index = next++; index < count; index = next++) {
      const occurredAt = new Date(Date.parse(start) + (index * WITHIN_MS) / count).toISOString();
      const fields = { name: `Camera ${index}`, processingStep: 'Gửi báo giá' };
      const command = { kind: 'capture', fields, custom: {}, tags: [], ownerId };
      await write.records.capture('opportunity', command, { ...envelope(), occurredAt });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, capture));
  if (!isShared) await ledger.read.models.waitFor(await ledger.stores.log.head(), 600_000);
  await close(ledger);
}

async function remind(aheadMs) {
  let ahead = aheadMs;
  clock = { now: () => new Date(Date.now() + ahead).toISOString() };
  await open();
  tell({ ready: true });
  createInterface({ input: process.stdin }).on('line', (line) => {
    ahead = Number(line.split(' ')[1]);
  });
  setInterval(() => tell({ issued, rss: process.memoryUsage.rss() }), TELL_MS);
}

async function beside() {
  const { stores, write, read, people } = await open();
  const reminders = createReminders({
    ...{ log: stores.log, settings: write.settings, finder: read.reminderFinder },
    now: clock.now,
    recipients: { isActiveUser: people.isActiveUser, membersOf: people.directory.membersOf },
    // What is away comes back.
    failed: () => undefined,
    intervalMs: 100,
  });
  reminders.start();
  tell({ ready: true });
  setInterval(() => tell({ issued, rss: process.memoryUsage.rss() }), TELL_MS);
}

/** Every deadline that was ever set, with how many reminders of it there were. */
async function count() {
  const ledger = await open(false);
  const { log } = ledger.stores;
  const times = new Map();
  for (let from; ; ) {
    const prefixes = ['opportunity-', 'reminder-'];
    const events = await log.readAll({ limit: 5_000, prefixes, sealed: true, ...from });
    for (const { type, data } of from ? events.slice(1) : events) {
      const before = times.get(data.deadlineId) ?? 0;
      if (type === 'OpportunityDeadlineSet') times.set(data.deadlineId, before);
      if (type === 'ReminderIssued') times.set(data.deadlineId, before + 1);
    }
    if (events.length < 5_000) break;
    from = { from: events.at(-1).position };
  }
  const of = (number) => [...times.values()].filter((one) => one === number).length;
  tell({ deadlines: times.size, never: of(0), once: of(1), more: times.size - of(0) - of(1) });
  await close(ledger);
}

if (act === 'seed') await seed(Number(first), second);
if (act === 'remind') await remind(Number(first));
if (act === 'beside') await beside();
if (act === 'count') await count();
