import { describe, expect, it } from '@jest/globals';
import type { ReadStore, WriteBatch } from '#read-store';
import { counted, engineTest } from '../support/engine-test.js';

const test = engineTest();

describe('following the log', () => {
  it('folds what is there and what comes', async () => {
    await test.stores.append('counter-1', counted(1), counted(2));
    const engine = await test.started([test.counting('counters')]);
    const position = await test.stores.append('counter-1', counted(3));
    expect(await engine.waitFor(position, 2_000)).toBe(true);
    expect(await test.seen(engine)).toEqual([1, 2, 3]);
  });

  it('writes a batch with all read models and their checkpoints at once', async () => {
    const events = Array.from({ length: 10 }, (_, n) => counted(n));
    const position = await test.stores.append('counter-1', ...events);
    const batches: WriteBatch[] = [];
    const readStore = spying(test.stores.readStore, (batch) => batches.push(batch));
    const engine = await test.started([test.counting('counters'), test.counting('others')], {
      readStore,
    });
    await engine.waitFor(position, 2_000);
    const [batch] = batches.filter(({ checkpoints }) => Object.keys(checkpoints).length > 0);
    expect(batch?.writes).toHaveLength(2);
    expect(batch?.checkpoints).toEqual({ 'counters@1001': position, 'others@1001': position });
  });

  it('takes no more than a batch at a time', async () => {
    for (let n = 0; n < 5; n += 1)
      await test.stores.append(`counter-${n}`, counted(n, `${n}`), counted(n, `${n}`));
    const sizes: number[] = [];
    const readStore = spying(test.stores.readStore, ({ writes }) => sizes.push(writes.length));
    const engine = await test.started([test.counting('counters')], { readStore, batchSize: 4 });
    await engine.waitFor(10, 2_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4);
    expect(await test.seen(engine, '4')).toEqual([4, 4]);
  });

  it('folds settings as of each event, also when it starts in the middle', async () => {
    const change = (from: string, to: string) => ({
      type: 'GeneralSettingsChanged',
      data: { changes: [{ field: 'currency', from, to }] },
    });
    await test.stores.append('settings', change('VND', 'USD'));
    await test.stores.append('counter-1', counted(1, 'usd'));
    const first = await test.started([test.counting('counters')]);
    await first.waitFor(2, 2_000);
    await first.stop();
    await test.stores.append('counter-1', counted(2, 'usd-later'));
    await test.stores.append('settings', change('USD', 'EUR'));
    const position = await test.stores.append('counter-1', counted(3, 'eur'));
    const engine = await test.started([test.counting('counters')]);
    await engine.waitFor(position, 2_000);
    const currencies = await test.stores.readStore.load(engine.live('counters'), [
      'usd',
      'usd-later',
      'eur',
    ]);
    expect(
      [...currencies.values()].map(({ document }) => [document.id, document.currency]),
    ).toEqual(
      expect.arrayContaining([
        ['usd', 'USD'],
        ['usd-later', 'USD'],
        ['eur', 'EUR'],
      ]),
    );
  });

  it('changes nothing when a checkpoint went back', async () => {
    const position = await test.stores.append('counter-1', counted(1), counted(2), counted(3));
    const engine = await test.started([test.counting('counters')]);
    await engine.waitFor(position, 2_000);
    await engine.stop();
    await test.stores.readStore.forget('counters@1001');
    const again = await test.started([test.counting('counters')]);
    const next = await test.stores.append('counter-1', counted(4));
    await again.waitFor(next, 2_000);
    expect(await test.seen(again)).toEqual([1, 2, 3, 4]);
  });

  it('goes on after the read store failed, without losing or doubling', async () => {
    let failures = 3;
    const readStore: ReadStore = {
      ...test.stores.readStore,
      write: async (batch) => {
        if (
          batch.writes.length > 0 &&
          Object.keys(batch.checkpoints).length > 0 &&
          failures-- > 0
        ) {
          throw new Error('disk full');
        }
        await test.stores.readStore.write(batch);
      },
    };
    const engine = await test.started([test.counting('counters')], { readStore });
    const position = await test.stores.append('counter-1', counted(1), counted(2));
    expect(await engine.waitFor(position, 5_000)).toBe(true);
    expect(await test.seen(engine)).toEqual([1, 2]);
  });
});

describe('a log that cannot be read further', () => {
  it('is tried again after longer and longer pauses, each with the reason', async () => {
    const position = await test.stores.append('counter-1', counted(1));
    const first = await test.started([test.counting('counters')]);
    await first.waitFor(position, 2_000);
    await first.stop();
    const told: object[] = [];
    const logger = { info: () => undefined, warn: (facts: object) => void told.push(facts) };
    const subscribe = () => {
      throw new Error('damaged');
    };
    const log = { ...test.stores.log, subscribe };
    await test.started([test.counting('counters')], { log, logger });
    while (told.length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    const because = { error: expect.objectContaining({ message: 'damaged' }) };
    expect(told).toMatchObject(
      [100, 200, 400].map((retryInMs) => ({ ...because, models: 'counters@1001', retryInMs })),
    );
  });
});

describe('waiting for a position', () => {
  it('answers at once when it is reached, and says no when the time passes', async () => {
    const engine = await test.started([test.counting('counters')]);
    const position = await test.stores.append('counter-1', counted(1));
    await engine.waitFor(position, 2_000);
    expect(await engine.waitFor(position, 0)).toBe(true);
    expect(await engine.waitFor(position + 1, 30)).toBe(false);
  });

  it('moves on over events that concern no read model', async () => {
    const engine = await test.started([test.counting('counters')]);
    const position = await test.stores.append('key-1', { type: 'Renamed', data: {} });
    expect(await engine.waitFor(position, 2_000)).toBe(true);
  });
});

function spying(readStore: ReadStore, onWrite: (batch: WriteBatch) => void): ReadStore {
  return {
    ...readStore,
    write: async (batch) => {
      onWrite(batch);
      await readStore.write(batch);
    },
  };
}
