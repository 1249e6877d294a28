// kill -9 of the serving process while 32 clients write, and while it starts or catches up, over and over on one data
// folder. After each kill: what was acknowledged is there, once; what was in flight is repeated and has one effect; every
// conversion completes; read models equal a fresh fold of the log. `--rounds 50` for all of it.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareToRun } from '../apps/launcher/prepare.mjs';
import { Caller } from '../test/faults/caller.mjs';
import { checkLog, nothingSeen } from '../test/faults/events-of-commands.mjs';
import { Ledger } from '../test/faults/ledger.mjs';
import { spawnProduct, startProduct } from '../test/faults/product.mjs';
import { readModelsAgree } from '../test/faults/read-models-agree.mjs';
import { roundsFrom } from '../test/faults/rounds.mjs';
import { WritingClient } from '../test/faults/writing-client.mjs';
import { atEnd, check, finish } from './support/checks.mjs';

const CLIENTS = 32;
const LOAD_MS = { least: 200, most: 1_500 };
/** From before anything is opened until after it serves. */
const START_MS = { least: 30, most: 1_200 };
const COMPLETION_MS = 10_000;
const rounds = roundsFrom(process.argv, 10);
await prepareToRun();
const data = mkdtempSync(join(tmpdir(), 'crash-'));
atEnd(() => rmSync(data, { recursive: true, force: true }));
const ledger = new Ledger();
const seen = nothingSeen();

let serving;

/** Starts the product for a round; one that a failed round left behind goes first. */
async function serve() {
  await serving?.stop('SIGKILL');
  const started = await startProduct(data);
  serving = started.program;
  return started;
}

const between = ({ least, most }) => randomInt(least, most + 1);

/** @returns the commands that were in flight */
async function killUnderLoad(round) {
  const { program, url } = await serve();
  const api = Caller.ofAdmin(url, data, CLIENTS);
  const shared = Array.from({ length: 8 }, (_, index) => `chung.${round}.${index}@example.vn`);
  const clients = Array.from({ length: CLIENTS }, () => new WritingClient(api, shared));
  const running = clients.map((client) => client.run());
  await pause(between(LOAD_MS));
  await program.stop('SIGKILL');
  await Promise.all(running);
  api.close();
  for (const client of clients) ledger.add(client);
  return clients.flatMap(({ inFlight }) => inFlight ?? []);
}

/** Kills a start: with its read models, or building them anew. */
async function killWhileStarting(anew) {
  if (anew) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(data, `read.db${suffix}`), { force: true });
  }
  const { program } = await spawnProduct(data);
  await pause(between(START_MS));
  await program.stop('SIGKILL');
}

/** Sends again what was in flight, twice: the same answer both times. */
async function repeat(api, inFlight) {
  for (const { kind, sent } of inFlight) {
    const [answer, again] = [await api.send(sent), await api.send(sent)];
    assert.equal(again.status, answer.status, `${kind} repeated`);
    if (answer.status >= 300) {
      ledger.refused.push({ kind, sent, answer });
      continue;
    }
    const place = ({ id, revision, position }) => ({ id, revision, position });
    assert.deepEqual(place(again.body), place(answer.body), `${kind} repeated`);
    ledger.acknowledged.push({ kind, sent, answer: answer.body });
  }
}

/** Waits until no conversion is half done. @returns the new events */
async function settled(api) {
  const deadline = performance.now() + COMPLETION_MS;
  for (const events = []; ; await pause(100)) {
    events.push(...(await api.eventsAfter(events.at(-1)?.position ?? seen.position)));
    const pending = ledger.pendingAfter(events);
    if (pending.length === 0) return events;
    if (performance.now() > deadline) throw new Error(`Not completed: ${pending.join(', ')}`);
  }
}

const totals = { inFlight: 0, startKills: 0, documents: 0 };
for (let round = 1; round <= rounds; round += 1) {
  const during = round % 5 === 0 ? 'start' : round % 5 === 3 ? 'rebuild' : 'load';
  await check(`round ${round}: killed under load${during === 'load' ? '' : ` and in a ${during}`}`, async () => {
    const inFlight = await killUnderLoad(round);
    totals.inFlight += inFlight.length;
    if (during !== 'load') {
      for (let kill = 0; kill < 3; kill += 1) await killWhileStarting(during === 'rebuild');
      totals.startKills += 3;
    }
    const { program, url } = await serve();
    const api = Caller.ofAdmin(url, data, CLIENTS);
    await repeat(api, inFlight);
    const events = await settled(api);
    checkLog(events, seen);
    ledger.checkAgainst(events);
    await api.list('leads', {}, seen.position);
    api.close();
    assert.equal(await program.stop('SIGTERM'), 0);
    totals.documents = await readModelsAgree(data);
  });
}
await check('every acknowledged command is in the whole log, with one effect', async () => {
  const { program, url } = await serve();
  const api = Caller.ofAdmin(url, data);
  const all = await api.eventsAfter(-1);
  checkLog(all, nothingSeen());
  ledger.checkWhole(all);
  // Nothing that the clients ask is against a rule; 503 asks to come back.
  const odd = ledger.refused.filter(({ answer }) => answer.status !== 503);
  assert.deepEqual(odd.slice(0, 3), []);
  api.close();
  assert.equal(await program.stop('SIGTERM'), 0);
});
console.log(
  `${ledger.acknowledged.length} commands acknowledged, ${totals.inFlight} in flight at ${rounds} kills under load, ` +
    `${totals.startKills} kills of a start, ${ledger.refused.length} refused, ${totals.documents} documents compared last`,
);
await finish();
