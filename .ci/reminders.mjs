// Opportunities that all fall due within one minute are reminded of once each: 1,000 a second or more, in flat memory; while the process
// is killed -9 ten times; while its clock is set back an hour and then forward a day; and on servers by two workers and two more
// processes that know of no lease, all at once and killed over and over. `--count 100000` for all of them.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareToRun } from '../apps/launcher/prepare.mjs';
import { Installation } from '../test/faults/installation.mjs';
import { RemindingProcess, runToEnd } from '../test/faults/reminding-process.mjs';
import { numberFrom } from '../test/faults/rounds.mjs';
import { atEnd, check, finish } from './support/checks.mjs';

const HOUR = 3_600_000;
const KILLS = 10;
const LEAST_PER_SECOND = 1_000;
/** Most memory after the first tenth against that at the end of it. */
const MOST_GROWTH = 1.5;

/** On the tests' own servers, which are slow. */
const SHARED = 2_000;
const SHARED_AHEAD_MS = 10_000;
/** From before the first of them is due until after the last one is. */
const SHARED_MS = 80_000;

const count = numberFrom(process.argv, '--count', 10_000);
await prepareToRun();
const folder = mkdtempSync(join(tmpdir(), 'reminders '));
atEnd(() => rmSync(folder, { recursive: true, force: true }));
const seeded = join(folder, 'seeded');
const patience = 30_000 + count;

/** Starts a process whose clock is so far ahead. One that a check leaves behind goes at the end. */
function start(data, aheadMs) {
  const started = new RemindingProcess(data, {}, ['remind', aheadMs]);
  atEnd(() => started.kill());
  return started;
}

function fresh(name) {
  const data = join(folder, name);
  cpSync(seeded, data, { recursive: true });
  return data;
}

async function eachOnce(data) {
  const told = await runToEnd(data, {}, 'count');
  assert.deepEqual(told, { deadlines: count, never: 0, once: count, more: 0 });
}

const begun = Date.now();
await check(`${count} opportunities that are due within a minute, in an hour`, () =>
  runToEnd(seeded, {}, 'seed', count, new Date(begun).toISOString()),
);

await check('each is reminded of once, 1,000 a second or more, in flat memory', async () => {
  const data = fresh('speed');
  const process = start(data, 2 * HOUR);
  await process.until(1, patience);
  const from = performance.now();
  await process.until(count, patience);
  const perSecond = (count / (performance.now() - from)) * 1_000;
  const { memory } = process;
  await process.kill();
  const early = memory.find(({ issued }) => issued >= count / 10).rss;
  const most = Math.max(...memory.map(({ rss }) => rss));
  const [earlyMb, mostMb] = [early, most].map((bytes) => Math.round(bytes / 1_048_576));
  console.log(`        ${Math.round(perSecond)} a second, ${earlyMb} MB after a tenth, ${mostMb} MB at most`);
  assert.ok(perSecond >= LEAST_PER_SECOND);
  assert.ok(most <= early * MOST_GROWTH);
  await eachOnce(data);
});

await check(`each is reminded of once by a process that is killed ${KILLS} times meanwhile`, async () => {
  const data = fresh('killed');
  const step = Math.floor(count / (KILLS + 2));
  let killed = 0;
  for (; killed < KILLS; killed += 1) {
    const process = start(data, 2 * HOUR);
    await process.until(randomInt(1, step), patience);
    await process.kill();
  }
  const { never } = await runToEnd(data, {}, 'count');
  assert.ok(never > 0, 'all were issued before the last kill: nothing was shown');
  const process = start(data, 2 * HOUR);
  await process.until(never, patience);
  await pause(2_000);
  await process.kill();
  console.log(`        ${never} were left after ${killed} kills`);
  await eachOnce(data);
});

await check('each is reminded of once though the clock is set back an hour and forward a day', async () => {
  const data = fresh('clock');
  // In the middle of the minute in which they fall due.
  const half = begun + HOUR + 30_000 - Date.now();
  const process = start(data, half);
  await process.until(Math.floor(count / 3), patience);
  process.setClock(half - HOUR);
  await pause(2_000);
  const { issued } = process;
  await pause(2_000);
  assert.equal(process.issued, issued, 'reminded of what is not due');
  assert.ok(issued < count, 'all were due: nothing was shown');
  process.setClock(half - HOUR + 24 * HOUR);
  await process.until(count, patience);
  process.setClock(half);
  await pause(2_000);
  await process.kill();
  console.log(`        ${issued} before the clock was set back`);
  await eachOnce(data);
});

await check(`on servers, each of ${SHARED} by four processes at once, two of them under no lease, that are killed over and over`, async () => {
  const installation = new Installation();
  atEnd(() => installation.close());
  await installation.openStores();
  const servers = { EVENTSTORE_URL: installation.events.url, MONGODB_URL: installation.mongoUrl };
  const at = (name) => join(folder, name);
  // Due from a few seconds from now on.
  const from = new Date(Date.now() - HOUR + SHARED_AHEAD_MS).toISOString();
  await runToEnd(at('shared'), servers, 'seed', SHARED, from);
  const beside = (name) => new RemindingProcess(at(name), servers, ['beside']);
  const others = [beside('other 1'), beside('other 2')];
  atEnd(() => Promise.all(others.map((one) => one.kill())));
  await Promise.all([installation.addWorker(), installation.addWorker()]);
  let kills = 0;
  for (const until = Date.now() + SHARED_MS; Date.now() < until; kills += 1) {
    await pause(randomInt(1_000, 4_000));
    const index = randomInt(0, 2);
    if (kills % 2 === 0) {
      const [worker] = installation.workers.splice(index, 1);
      await worker.stop('SIGKILL');
      await installation.addWorker();
    } else {
      await others[index].kill();
      others[index] = beside(`other ${index + 1}`);
    }
  }
  const deadline = Date.now() + patience;
  let told;
  do {
    await pause(2_000);
    told = await runToEnd(at('count'), servers, 'count');
  } while (told.never > 0 && Date.now() < deadline);
  console.log(`        ${kills} kills`);
  assert.deepEqual(told, { deadlines: SHARED, never: 0, once: SHARED, more: 0 });
  const codes = await installation.stopProcesses();
  assert.deepEqual([...new Set(codes)], [0]);
});

await finish();
