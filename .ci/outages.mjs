// Two apis and two workers on EventStoreDB's and MongoDB's protocols, 32 clients that write and some that read, and one thing
// after the other that goes away: the event store frozen and killed, the read store stopped, a worker killed and one
// paused. No acknowledged command is lost or doubled; nobody is told another 5xx than a 503 that says when to come
// back; everything recovers by itself; read models end as a fresh fold of the log.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareToRun } from '../apps/launcher/prepare.mjs';
import { caughtUp } from '../test/faults/caught-up.mjs';
import { checkLog, nothingSeen } from '../test/faults/events-of-commands.mjs';
import { Installation } from '../test/faults/installation.mjs';
import { LeaseHolders } from '../test/faults/lease-holders.mjs';
import { Ledger } from '../test/faults/ledger.mjs';
import { Load } from '../test/faults/load.mjs';
import { readModelsOnServersAgree } from '../test/faults/read-models-agree.mjs';
import { atEnd, check, finish } from './support/checks.mjs';
import { isReady } from './support/server.mjs';

const WRITERS = 32;
const READERS = 4;
const AWAY_MS = 5_000;
/** Longer than anybody is let wait for it: what needs it must be told 503. */
const READ_STORE_AWAY_MS = 14_000;
const PAUSED_MS = 30_000;
const CAUGHT_UP_MS = 30_000;
const TAKEN_OVER_MS = 15_000;
const COMPLETION_MS = 10_000;

await prepareToRun();
const installation = new Installation();
atEnd(() => installation.close());
await installation.openStores();
const { events, mongoUrl } = installation;
await installation.addApi();
await Promise.all([installation.addApi(), installation.addWorker(), installation.addWorker()]);
const holders = new LeaseHolders(mongoUrl);
atEnd(() => holders.close());
const callers = installation.apis.map(({ caller }) => caller);
const shared = Array.from({ length: 8 }, (_, index) => `chung.${index}@example.vn`);
const load = new Load(callers, { writers: WRITERS, readers: READERS, sharedEmails: shared });

/** Under load: something goes away, comes back, and everything follows. */
function outage(name, takeAway, bringBack, awayMs = AWAY_MS) {
  return check(name, async () => {
    await takeAway();
    await pause(awayMs);
    await bringBack();
    const before = load.acknowledged;
    const ms = await caughtUp(callers, CAUGHT_UP_MS);
    console.log(`        caught up after ${ms} ms`);
    await pause(1_000);
    assert.ok(load.acknowledged > before, 'nobody has written anything since');
  });
}

/** Waits until none of its tasks is a process's any more. */
async function takenOver(pid, what) {
  const deadline = performance.now() + TAKEN_OVER_MS;
  const started = performance.now();
  for (;;) {
    const held = await holders.byProcess();
    if (!held.has(pid) && !held.has(undefined)) break;
    assert.ok(performance.now() < deadline, `${what}: ${JSON.stringify([...held])}`);
    await pause(100);
  }
  console.log(`        taken over after ${Math.round(performance.now() - started)} ms`);
}

/** The worker that has most to do, and the tasks that it has. */
async function busiest() {
  const held = await holders.byProcess();
  const tasksOf = ({ pid }) => held.get(pid) ?? [];
  const [most] = installation.workers.toSorted((a, b) => tasksOf(b).length - tasksOf(a).length);
  return { worker: most, tasks: tasksOf(most) };
}

await check('both workers have tasks, and are well', async () => {
  const held = await holders.byProcess();
  for (const { pid, healthUrl } of installation.workers) {
    assert.ok(held.get(pid)?.length > 0, `${pid}`);
    assert.ok(await isReady(healthUrl));
  }
});
load.start();
await pause(3_000);
await outage(
  'the event store is frozen',
  () => events.command('freeze'),
  () => events.command('thaw'),
);
await outage(
  'the event store is killed',
  () => events.command('kill'),
  () => events.command('restart'),
);
await outage(
  'the read store is stopped',
  () => installation.stopReadStore(),
  () => installation.restartReadStore(),
  READ_STORE_AWAY_MS,
);
await check('a worker is killed, and another does its tasks', async () => {
  const { worker, tasks } = await busiest();
  assert.ok(tasks.length > 0);
  await worker.stop('SIGKILL');
  installation.workers = installation.workers.filter((one) => one !== worker);
  await takenOver(worker.pid, 'the dead worker has tasks');
  console.log(`        caught up after ${await caughtUp(callers, CAUGHT_UP_MS)} ms`);
});
await check('a worker is paused, and does nothing stale when it wakes up', async () => {
  await installation.addWorker();
  const { worker, tasks } = await busiest();
  assert.ok(tasks.length > 0);
  process.kill(worker.pid, 'SIGSTOP');
  const woken = pause(PAUSED_MS).then(() => process.kill(worker.pid, 'SIGCONT'));
  await takenOver(worker.pid, 'the paused worker has tasks');
  await caughtUp(callers, CAUGHT_UP_MS);
  await woken;
  const before = await holders.positions();
  await pause(3_000);
  for (const [name, position] of await holders.positions()) {
    assert.ok(position >= (before.get(name) ?? -1), `${name} went back`);
  }
  const held = await holders.byProcess();
  const again = (held.get(worker.pid) ?? []).filter((task) => tasks.includes(task));
  assert.deepEqual(again, [], 'the woken worker believes that it has its tasks');
  console.log(`        caught up after ${await caughtUp(callers, CAUGHT_UP_MS)} ms`);
});
await check('every client has an answer to everything, and none but what was promised', async () => {
  await load.stop();
  assert.deepEqual(load.complaints().slice(0, 5), []);
});
const ledger = new Ledger();
await check('no acknowledged command is lost or doubled', async () => {
  const all = await settled(callers[0]);
  checkLog(all, nothingSeen());
  load.addTo(ledger);
  assert.deepEqual(ledger.refused.slice(0, 3), []);
  ledger.checkWhole(withoutProbes(all));
});
await check('processes stop cleanly, and read models are what the log says', async () => {
  await caughtUp(callers, CAUGHT_UP_MS);
  const codes = await installation.stopProcesses();
  assert.deepEqual(new Set(codes), new Set([0]));
  const documents = await readModelsOnServersAgree({ eventStoreUrl: events.url, mongoUrl });
  console.log(`        ${documents} documents compared`);
});
console.log(
  `${ledger.acknowledged.length} commands acknowledged; 503s: ${JSON.stringify(load.unavailable())}`,
);
await finish();

/** All events, once no conversion is half done. */
async function settled(caller) {
  const deadline = performance.now() + COMPLETION_MS;
  for (;;) {
    const all = await caller.eventsAfter(-1);
    const pending = ledger.pendingAfter(all);
    if (pending.length === 0) return all;
    assert.ok(performance.now() < deadline, `Not completed: ${pending.join(', ')}`);
    await pause(200);
  }
}

/** Without the leads that this run captured itself. */
function withoutProbes(all) {
  const isProbe = ({ type, data }) => type === 'LeadCaptured' && data.fields?.email === undefined;
  return all.filter((event) => !isProbe(event));
}
