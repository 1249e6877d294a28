import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { type StandIn, startStandIn } from '../../../../test/support/eventstoredb/stand-in.js';
import { startStandInProcess } from '../../../../test/support/eventstoredb/stand-in-process.mjs';
import { event, events, toNewStream } from '../contract/support.js';
import type { EventStore } from '../event-store.port.js';
import { openEventStoreDb } from './open-event-store-db.js';

const HOUR_MS = 3_600_000;

describe('appends to an EventStoreDB whose answers mislead', () => {
  let standIn: StandIn;
  let store: EventStore;
  beforeEach(async () => {
    standIn = await startStandIn({ graceMs: 50 });
    store = await openEventStoreDb({ url: standIn.url, appendTryMs: 400, appendPatienceMs: 3_000 });
    await store.append(toNewStream());
  });
  afterEach(async () => {
    standIn.thaw();
    await store.close();
    standIn.kill();
  });

  it('tell a wrong revision when another wrote before the repeat, and nothing of theirs is stored', async () => {
    const { stream } = await appended(store);
    standIn.freeze();
    const appending = store.append({ stream, expected: 0, events: events(2, 10) });
    await pause(100);
    standIn.log.append(stream, 0n, [proposed(1)]);
    await pause(500);
    standIn.thaw();
    await expect(appending).rejects.toMatchObject({ name: 'WrongExpectedRevision', actual: 1 });
    expect((await store.readStream({ stream })).map(({ data }) => data.n)).toEqual([0, 1]);
  });

  it('tell the first result when others built on an append whose answer got lost', async () => {
    const { stream } = await appended(store);
    standIn.faults.lostAnswers = 1;
    const appending = store.append({ stream, expected: 0, events: events(2, 10) });
    while (standIn.faults.lostAnswers > 0) await nextTurn();
    standIn.log.append(stream, 2n, [proposed(1)]);
    expect(await appending).toMatchObject({ revision: 2 });
    expect((await store.readStream({ stream })).map(({ data }) => data.n)).toEqual([0, 10, 11, 1]);
  });

  it('do not take what ended another call, which the client tells all, for their own end', async () => {
    const times = { appendTryMs: 60_000, appendPatienceMs: 3_000 };
    const patient = await openEventStoreDb({ url: standIn.url, ...times });
    const append = toNewStream();
    standIn.faults.lostAnswers = 1;
    const appending = patient.append(append);
    const outcome = expect(appending).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    while (standIn.faults.lostAnswers > 0) await nextTurn();
    // The client leaves this node, comes back and is sent away again, while the first call is still open.
    standIn.faults.leader = { host: '127.0.0.1', port: 9 };
    await store.readStream({ stream: append.stream }).catch(() => undefined);
    await store.append(toNewStream()).catch(() => undefined);
    await outcome;
    standIn.faults.leader = undefined;
    expect(await store.append(append)).toMatchObject({ revision: 0 });
    expect(await store.readStream({ stream: append.stream })).toHaveLength(1);
    await patient.close();
  });
});

describe('appends to an EventStoreDB whose clock is another', () => {
  it.each([HOUR_MS, -HOUR_MS])('are taken when it is %i ms ahead', async (aheadMs) => {
    const standIn = await startStandInProcess();
    const now = Date.now;
    Date.now = () => now() - aheadMs;
    try {
      const options = { appendTryMs: 1_000, appendPatienceMs: 1_000 };
      const store = await openEventStoreDb({ url: standIn.url, ...options });
      expect(await store.append(toNewStream(3))).toMatchObject({ revision: 2 });
      await store.close();
    } finally {
      Date.now = now;
      await standIn.stop();
    }
  });
});

async function appended(store: EventStore) {
  const append = toNewStream();
  await store.append(append);
  return append;
}

function proposed(n: number) {
  const { id, type, data, metadata } = event({ n });
  const bytes = (value: object) => Buffer.from(JSON.stringify(value));
  return { id, type, json: true, data: bytes(data), metadata: bytes(metadata) };
}
