import { describe, expect, it } from '@jest/globals';
import type { ReadStore } from '#read-store';
import { type Counter, counted, engineTest } from '../support/engine-test.js';
import { PARKED_EVENTS, type ParkedEvent } from './parking.js';
import type { Projection } from './projection.port.js';

const test = engineTest();

describe('parking', () => {
  it('freezes the document whose event cannot be folded, and lets the others go on', async () => {
    test.fails = ({ data }) => Reflect.get(data, 'n') === 2;
    const engine = await test.started([test.counting('counters')]);
    const events = [counted(1), counted(2), counted(3), counted(1, 'b')];
    await engine.waitFor(await test.stores.append('counter-1', ...events), 2_000);
    await engine.waitFor(await test.stores.append('counter-1', counted(4), counted(4, 'b')), 2_000);
    expect(await test.seen(engine, 'a')).toEqual([1]);
    expect(await test.seen(engine, 'b')).toEqual([1, 4]);
    expect((await parked()).map(({ position, error }) => [position, error.name])).toEqual([
      [2, 'TypeError'],
      [3, 'BehindParkedEvent'],
      [5, 'BehindParkedEvent'],
    ]);
    expect((await engine.status()).models[0]?.parked).toBe(3);
  });

  it('counts what is parked once, however often a batch comes', async () => {
    test.fails = ({ data }) => Reflect.get(data, 'n') === 2;
    let breaks = false;
    const readStore: ReadStore = {
      ...test.stores.readStore,
      async write(batch) {
        await test.stores.readStore.write(batch);
        if (!breaks) return;
        breaks = false;
        throw new Error('The connection broke after the write.');
      },
    };
    const engine = await test.started([test.counting('counters')], { readStore });
    await engine.waitFor(await test.stores.append('counter-1', counted(1)), 2_000);
    breaks = true;
    await engine.waitFor(await test.stores.append('counter-1', counted(2), counted(3)), 5_000);
    expect((await engine.status()).models[0]?.parked).toBe(2);
    expect(await parked()).toHaveLength(2);
    await engine.waitFor(await test.stores.append('counter-1', counted(4)), 2_000);
    expect((await engine.status()).models[0]?.parked).toBe(3);
    expect(await test.seen(engine)).toEqual([1]);
  });

  it('keeps values of the event out of the error', async () => {
    test.fails = () => true;
    const engine = await test.started([test.counting('counters')]);
    await engine.waitFor(await test.stores.append('counter-1', counted(1)), 2_000);
    expect((await parked())[0]?.error.message).toBe('Cannot fold ….');
  });

  it('parks events that this version does not know', async () => {
    const engine = await test.started([test.counting('counters')]);
    await engine.waitFor(await test.stores.append('counter-1', counted(1)), 2_000);
    const position = await test.stores.appendRaw('counter-2', 'CountedOtherwise', {
      of: 'a',
      n: 2,
    });
    await engine.waitFor(position, 2_000);
    expect(await test.seen(engine)).toEqual([1]);
    expect((await parked()).map(({ error }) => error.message)).toEqual([
      'An event of type CountedOtherwise cannot be read: unknown-type.',
    ]);
  });

  it('rebuilds a frozen document once its events can be folded', async () => {
    test.fails = ({ data }) => Reflect.get(data, 'n') === 2;
    const engine = await test.started([test.counting('counters')]);
    await engine.waitFor(await test.stores.append('counter-1', counted(1), counted(2)), 2_000);
    expect(await engine.retryParked('counters')).toEqual({ repaired: 0, stillParked: 1 });
    test.fails = () => false;
    expect(await engine.retryParked('counters', 'a')).toEqual({ repaired: 1, stillParked: 0 });
    expect(await test.seen(engine)).toEqual([1, 2]);
    expect(await parked()).toEqual([]);
    await engine.waitFor(await test.stores.append('counter-1', counted(3)), 2_000);
    expect(await test.seen(engine)).toEqual([1, 2, 3]);
    expect((await engine.status()).models[0]?.parked).toBe(0);
  });

  it('freezes a whole stream when it cannot be told which document an event is about', async () => {
    let unreadable = true;
    const projection: Projection<Counter> = {
      ...test.counting('counters'),
      keys({ data }) {
        if (unreadable && Reflect.get(data, 'n') === 2) throw new Error('no key');
        return [Reflect.get(data, 'of') as string];
      },
    };
    const engine = await test.started([projection]);
    const events = [counted(1), counted(2), counted(3)];
    await engine.waitFor(await test.stores.append('counter-1', ...events), 2_000);
    await engine.waitFor(await test.stores.append('counter-1', counted(4)), 2_000);
    expect(await test.seen(engine)).toEqual([1]);
    expect(await engine.retryParked('counters')).toEqual({ repaired: 0, stillParked: 1 });
    unreadable = false;
    expect(await engine.retryParked('counters')).toEqual({ repaired: 1, stillParked: 0 });
    expect(await test.seen(engine)).toEqual([1, 2, 3, 4]);
  });
});

async function parked(): Promise<readonly ParkedEvent[]> {
  const sort = [{ field: 'position', direction: 'ascending' }] as const;
  const page = await test.stores.readStore.find<ParkedEvent>(PARKED_EVENTS, {
    filter: {},
    sort,
    limit: 100,
  });
  return page.documents;
}
