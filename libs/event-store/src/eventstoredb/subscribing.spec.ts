import { setTimeout as pause } from 'node:timers/promises';
import { type StandIn, startStandIn } from '../../../../test/support/eventstoredb/stand-in.js';
import { event, events, newStream, numbers, toNewStream } from '../contract/support.js';
import type { EventBatch, EventStore, StoredEvent } from '../event-store.port.js';
import { openEventStoreDb } from './open-event-store-db.js';

describe('subscriptions to an EventStoreDB that fails', () => {
  let standIn: StandIn;
  let store: EventStore;
  beforeEach(async () => {
    standIn = await startStandIn({ graceMs: 100 });
    store = await openEventStoreDb({ url: standIn.url });
  });
  afterEach(async () => {
    await store.close();
    standIn.kill();
  });

  /** Follows some streams in the background. */
  function follow(prefixes: readonly string[] | undefined, after?: number) {
    const ending = new AbortController();
    const given: StoredEvent[] = [];
    const batches: EventBatch[] = [];
    const start = after === undefined ? {} : { after };
    const names = prefixes && { prefixes };
    const done = (async () => {
      for await (const batch of store.subscribe({ ...start, ...names, signal: ending.signal })) {
        batches.push(batch);
        given.push(...batch.events);
      }
    })();
    return {
      given,
      batches,
      async until(what: () => boolean) {
        for (let tries = 0; !what(); tries += 1) {
          if (tries > 500) throw new Error('It did not come to that.');
          await Promise.race([pause(20), done]);
        }
      },
      async end() {
        ending.abort();
        await done;
      },
    };
  }
  const isLive = (follower: ReturnType<typeof follow>) => () =>
    follower.batches.at(-1)?.live === true;

  it.each(['kill', 'stop'] as const)('go on after a %s and a restart', async (end) => {
    const stream = newStream();
    await store.append(toNewStream(3, stream));
    const follower = follow([stream]);
    await follower.until(isLive(follower));
    await standIn[end]();
    await standIn.restart();
    standIn.log.append(stream, 2n, [proposed(3)]);
    await follower.until(() => follower.given.length === 4);
    expect(numbers(follower.given)).toEqual([0, 1, 2, 3]);
    await follower.until(isLive(follower));
    await follower.end();
  });

  it('go on after the connection broke, again and again, without gap or repeat', async () => {
    const stream = newStream();
    await store.append(toNewStream(1, stream));
    const follower = follow([stream]);
    for (let n = 0; n < 20; n += 1) {
      standIn.log.append(stream, 'any', [proposed(n + 1), proposed(n + 1)]);
      if (n % 4 === 0) standIn.dropConnections();
      if (n % 4 === 2) standIn.endSubscriptions({ code: 14, details: 'ended' });
      await pause(15);
    }
    await follower.until(() => follower.given.length === 41);
    expect(follower.given.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 41 }, (_, n) => n),
    );
    await follower.end();
  });

  it('go on after a burst that outran them, which is no error', async () => {
    const prefix = newStream('burst');
    const follower = follow([prefix]);
    await follower.until(isLive(follower));
    for (let round = 0; round < 3; round += 1) {
      const burst = Array.from({ length: 200 }, () => event({ text: 'x'.repeat(470) }));
      await store.append({ stream: `${prefix}-${round}`, expected: 'no_stream', events: burst });
    }
    await follower.until(() => follower.given.length === 600);
    const positions = follower.given.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    await follower.end();
  });

  it('reach the head when the last events are filtered out, so that waiting for it ends', async () => {
    const wanted = newStream('wanted');
    await store.append(toNewStream(1, wanted));
    await store.append(toNewStream(7));
    const follower = follow([wanted]);
    const reached = (position: number) => () =>
      (follower.batches.at(-1)?.checkpoint ?? -1) >= position;
    await follower.until(isLive(follower));
    expect(reached(await store.head())()).toBe(true);
    for (let n = 0; n < 3; n += 1) {
      const { position } = await store.append(toNewStream());
      await follower.until(reached(position));
      expect(await store.head()).toBe(position);
    }
    await follower.end();
  });

  it("take the server's own events for none, and its last ordinary event for the head", async () => {
    const { stream } = toNewStream();
    const { position } = await store.append(toNewStream(2, stream));
    standIn.log.append('$settings', 'any', [proposed(0)]);
    standIn.log.append('others-1', 'any', [{ ...proposed(0), type: '$>' }]);
    standIn.log.append('others-2', 'any', [{ ...proposed(0), json: false }]);
    standIn.log.append('others-3', 'any', [{ ...proposed(0), data: Buffer.from('[1]') }]);
    standIn.log.append('others-4', 'any', [{ ...proposed(0), data: Buffer.from('{"cut": ') }]);
    expect(await store.head()).toBe(position);
    expect(await store.readAll({ limit: 10 })).toHaveLength(2);
    expect(await store.readAll({ limit: 10, direction: 'backwards' })).toHaveLength(2);
    const follower = follow(undefined);
    await follower.until(isLive(follower));
    expect(follower.given).toHaveLength(2);
    expect(follower.batches.at(-1)?.checkpoint).toBeGreaterThanOrEqual(position);
    await follower.end();
  });

  it('save the checkpoint of a stretch that is filtered out, before it ends', async () => {
    const after = await store.head();
    for (let n = 0; n < 4; n += 1) await store.append(toNewStream(500));
    const follower = follow([newStream('rare')], after);
    await follower.until(isLive(follower));
    expect(follower.batches.length).toBeGreaterThan(2);
    expect(follower.batches.length).toBeLessThan(10);
    for (const { checkpoint } of follower.batches) {
      const rest = follow(['lead-'], checkpoint);
      await rest.until(isLive(rest));
      const left = (await store.readAll({ limit: 5_000 })).filter(
        ({ position }) => position > checkpoint,
      );
      expect(rest.given.map(({ position }) => position)).toEqual(
        left.map(({ position }) => position),
      );
      await rest.end();
    }
    await follower.end();
  });

  it('hold no more than a batch for a consumer that does not ask', async () => {
    const stream = newStream();
    await store.append(toNewStream(2_000, stream));
    const { signal } = new AbortController();
    const batches = store
      .subscribe({ prefixes: [stream], batchSize: 10, signal })
      [Symbol.asyncIterator]();
    await batches.next();
    await pause(200);
    const { value } = (await batches.next()) as { value: EventBatch };
    expect(value.events.length).toBeLessThanOrEqual(10);
    await batches.return?.();
  });

  it('refuse to begin where no event is', async () => {
    const { position } = await store.append(toNewStream());
    await store.append(toNewStream());
    const { signal } = new AbortController();
    const beginning = async () => {
      for await (const _ of store.subscribe({ after: position + 1, signal })) return;
    };
    await expect(beginning()).rejects.toMatchObject({
      name: 'UnknownPosition',
      position: position + 1,
    });
    await expect(store.readAll({ from: position + 1, limit: 1 })).rejects.toMatchObject({
      name: 'UnknownPosition',
    });
  });

  it('end when the store is closed while the server is gone', async () => {
    const follower = follow(undefined);
    await follower.until(isLive(follower));
    standIn.kill();
    await pause(50);
    await store.close();
    await follower.end();
  });

  it('give what a growing stream gets, one append at a time', async () => {
    const stream = newStream();
    const follower = follow([stream]);
    await follower.until(isLive(follower));
    await store.append(toNewStream(1, stream));
    for (let n = 1; n < 30; n += 1)
      await store.append({ stream, expected: n - 1, events: events(1, n) });
    await follower.until(() => follower.given.length === 30);
    expect(follower.given.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 30 }, (_, n) => n),
    );
    await follower.end();
  });
});

function proposed(n: number) {
  const { id, type, data, metadata } = event({ n });
  const bytes = (value: object) => Buffer.from(JSON.stringify(value));
  return { id, type, json: true, data: bytes(data), metadata: bytes(metadata) };
}
