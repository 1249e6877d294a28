import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { type StandIn, startStandIn } from '../../../../test/support/eventstoredb/stand-in.js';
import { events, newStream, toNewStream } from '../contract/support.js';
import type { EventStore } from '../event-store.port.js';
import { openEventStoreDb } from './open-event-store-db.js';

describe('appends to an EventStoreDB that fails', () => {
  let standIn: StandIn;
  let store: EventStore;
  beforeEach(async () => {
    standIn = await startStandIn({ graceMs: 200 });
    store = await openEventStoreDb({ url: standIn.url, appendTryMs: 300, appendPatienceMs: 3_000 });
    await store.append(toNewStream());
  });
  afterEach(async () => {
    standIn.thaw();
    await store.close();
    standIn.kill();
  });
  const idsOf = async (stream: string) => (await store.readStream({ stream })).map(({ id }) => id);

  it('answers with what was stored when the answer got lost, and stores nothing twice', async () => {
    const append = toNewStream(2);
    standIn.faults.lostAnswers = 1;
    const appended = await store.append(append);
    expect(appended).toMatchObject({ revision: 1 });
    expect(await idsOf(append.stream)).toEqual(append.events.map(({ id }) => id));
  });

  it('answers with what was stored when the connection broke before the answer', async () => {
    const appends = Array.from({ length: 64 }, () => toNewStream(2));
    standIn.faults.dropsAfterStoring = 1;
    const appended = await Promise.all(appends.map((append) => store.append(append)));
    expect(appended.map(({ revision }) => revision)).toEqual(appends.map(() => 1));
    for (const { stream, events: sent } of appends.slice(0, 5)) {
      expect(await idsOf(stream)).toEqual(sent.map(({ id }) => id));
    }
  });

  it('says that the outcome is unknown when the server stays frozen, and finds it out afterwards', async () => {
    const append = toNewStream();
    standIn.freeze();
    await expect(store.append(append)).rejects.toMatchObject({
      name: 'OutcomeUnknown',
      stream: append.stream,
    });
    standIn.thaw();
    expect(await store.append(append)).toMatchObject({ revision: 0 });
    expect(await idsOf(append.stream)).toHaveLength(1);
  });

  it('lets a server that thaws in time answer', async () => {
    const append = toNewStream();
    standIn.freeze();
    setTimeout(standIn.thaw, 700);
    expect(await store.append(append)).toMatchObject({ revision: 0 });
    expect(await idsOf(append.stream)).toHaveLength(1);
  });

  it('says that nothing was stored when nobody listens, at once and not after the patience', async () => {
    standIn.kill();
    const started = performance.now();
    const refused = await Promise.allSettled([
      store.append(toNewStream()),
      store.append(toNewStream()),
    ]);
    for (const outcome of refused) {
      expect(['StoreUnavailable', 'OutcomeUnknown']).toContain(
        (outcome as PromiseRejectedResult).reason.name,
      );
    }
    await expect(store.append(toNewStream())).rejects.toThrow(/unavailable: 127\.0\.0\.1:\d+/);
    expect(performance.now() - started).toBeLessThan(6_000);
  });

  it('goes on by itself when the server is back, after a kill and after an orderly stop', async () => {
    const { stream } = await appended(store);
    standIn.kill();
    await expect(store.append(toNewStream())).rejects.toThrow();
    await standIn.restart();
    expect(await store.append({ stream, expected: 0, events: events(1) })).toMatchObject({
      revision: 1,
    });
    await standIn.stop();
    await standIn.restart();
    expect(await store.append({ stream, expected: 1, events: events(1) })).toMatchObject({
      revision: 2,
    });
  });

  it('finds out by itself what became of an append when the server was away for many tries', async () => {
    // So long that doubling it, try after try, would pass what a timer takes, and then end every try at once.
    const patient = await openEventStoreDb({ url: standIn.url, appendTryMs: 2 ** 30 });
    const append = toNewStream();
    standIn.faults.dropsAfterStoring = 1;
    const appending = patient.append(append);
    while (standIn.faults.dropsAfterStoring > 0) await nextTurn();
    standIn.kill();
    await pause(1_500);
    await standIn.restart();
    const back = performance.now();
    expect(await appending).toMatchObject({ revision: 0 });
    expect(performance.now() - back).toBeLessThan(4_000);
    await patient.close();
  });

  it.each(['kill', 'stop'] as const)(
    'loses nothing and stores nothing twice when 64 callers append through a %s',
    async (end) => {
      const streams = Array.from({ length: 64 }, () => newStream());
      let ended = false;
      const callers = streams.map(async (stream) => {
        let revision = -1;
        while (!ended || revision < 3) {
          const expected = revision === -1 ? 'no_stream' : revision;
          const append = { stream, expected, events: events(1, revision + 1) } as const;
          try {
            revision = (await store.append(append)).revision;
          } catch (error) {
            // The same append again is how a caller finds out.
            expect(['StoreUnavailable', 'OutcomeUnknown']).toContain((error as Error).name);
            revision = (await repeated(store, append)).revision;
          }
        }
        return revision;
      });
      await pause(150);
      await standIn[end]();
      await standIn.restart();
      ended = true;
      const last = await Promise.all(callers);
      for (const [index, stream] of streams.entries()) {
        const stored = await store.readStream({ stream });
        expect(stored.map(({ data }) => data.n)).toEqual(
          Array.from({ length: (last[index] as number) + 1 }, (_, n) => n),
        );
      }
    },
  );

  it('does not take a wrong revision for the answer while an earlier try can still be stored', async () => {
    const { stream } = await appended(store);
    standIn.faults.quorum = 'losing';
    // The second builds on the first, and neither is stored yet.
    const [first, second] = [events(1, 1), events(1, 2)];
    const building = store.append({ stream, expected: 0, events: first });
    const onTop = store.append({ stream, expected: 1, events: second });
    setTimeout(standIn.regainQuorum, 1_500);
    expect((await building).revision).toBe(1);
    expect((await onTop).revision).toBe(2);
    expect((await store.readStream({ stream })).map(({ data }) => data.n)).toEqual([0, 1, 2]);
  });

  it('finds what a server without quorum stored later', async () => {
    const append = toNewStream();
    standIn.faults.quorum = 'losing';
    setTimeout(standIn.regainQuorum, 1_200);
    expect(await store.append(append)).toMatchObject({ revision: 0 });
    expect(await idsOf(append.stream)).toHaveLength(1);
  });

  it('says that a server that is not ready takes nothing', async () => {
    standIn.faults.quorum = 'lost';
    await expect(store.append(toNewStream())).rejects.toMatchObject({ name: 'StoreUnavailable' });
    standIn.regainQuorum();
    expect(await store.append(toNewStream())).toMatchObject({ revision: 0 });
  });

  it('tells a race lost as a wrong revision', async () => {
    const { stream } = await appended(store);
    standIn.faults.races = 1;
    await expect(store.append({ stream, expected: 0, events: events(1) })).rejects.toMatchObject({
      name: 'WrongExpectedRevision',
      stream,
      expected: 0,
      actual: 1,
    });
  });

  it('goes to the leader when the node follows', async () => {
    const leader = await startStandIn({ log: standIn.log });
    standIn.faults.leader = { host: '127.0.0.1', port: leader.port };
    standIn.dropConnections();
    const append = toNewStream();
    expect(await store.append(append)).toMatchObject({ revision: 0 });
    expect(await idsOf(append.stream)).toHaveLength(1);
    leader.kill();
    standIn.faults.leader = undefined;
  });

  it('refuses an append to a stream that was deleted for ever', async () => {
    const { stream } = await appended(store);
    standIn.log.tombstone(stream, 'any');
    await expect(store.append({ stream, expected: 0, events: events(1) })).rejects.toMatchObject({
      name: 'InvalidAppend',
    });
    expect(await store.readStream({ stream })).toEqual([]);
  });

  it('tells of a stream that was deleted behind its back: at once of a repeat, and goes on with numbers', async () => {
    const append = await appended(store);
    const { stream } = append;
    standIn.log.softDelete(stream, 'any');
    expect(await store.readStream({ stream })).toEqual([]);
    const started = performance.now();
    await expect(store.append(append)).rejects.toMatchObject({ name: 'InvalidAppend' });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await store.append(toNewStream(2, stream))).toMatchObject({ revision: 2 });
    expect((await store.readStream({ stream })).map(({ revision }) => revision)).toEqual([1, 2]);
    standIn.log.softDelete(stream, 'any');
    const exact = { stream, expected: 2, events: events(1) };
    expect(await store.append(exact)).toMatchObject({ revision: 3 });
  });

  it('finishes appends that wait for a slow server before it closes', async () => {
    standIn.faults.commitMs = 200;
    const append = toNewStream();
    const appending = store.append(append);
    await store.close();
    expect(await appending).toMatchObject({ revision: 0 });
  });

  it('keeps what was given as it was when the caller changes it afterwards', async () => {
    const append = toNewStream();
    const data = append.events[0]?.data as { n: number };
    const appending = store.append(append);
    data.n = 99;
    await appending;
    expect((await store.readStream({ stream: append.stream }))[0]?.data).toEqual({ n: 0 });
  });
});

async function appended(store: EventStore) {
  const append = toNewStream();
  await store.append(append);
  return append;
}

/** As callers do: until it has an outcome. */
async function repeated(store: EventStore, append: Parameters<EventStore['append']>[0]) {
  for (;;) {
    try {
      return await store.append(append);
    } catch (error) {
      if ((error as Error).name === 'WrongExpectedRevision') throw error;
    }
  }
}
