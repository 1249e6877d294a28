import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Recorded } from '#crm';
import type { Document, ReadStore, WriteBatch } from '#read-store';
import { openStores, type TestStores } from '../support/open-stores.js';
import { createProjectionEngine } from './engine.js';
import type { ProjectionEngine, ProjectionEngineOptions } from './engine.port.js';
import { PARKED_EVENTS, type ParkedEvent } from './parking.js';
import type { Projection } from './projection.port.js';

interface Counter extends Document {
  readonly seen: readonly number[];
  readonly currency?: string;
}

let fails: (event: Recorded) => boolean = () => false;

function counting(name: string, version = 1, mark = 0): Projection<Counter> {
  return {
    collection: { name, version, indexes: [] },
    prefixes: ['counter-'],
    oneStream: true,
    keys: ({ data }) => [Reflect.get(data, 'of') as string],
    open: (id, stored) => (stored as Counter | undefined) ?? { id, seen: mark ? [mark] : [] },
    evolve(counter, event, { currency }) {
      if (fails(event)) throw new TypeError(`Cannot fold ${Reflect.get(event.data, 'name')}.`);
      return { ...counter, seen: [...counter.seen, Reflect.get(event.data, 'n')], currency };
    },
    close: (counter) => counter,
  };
}

function counted(n: number, of = 'a', name = 'Nguyễn Gia Khương') {
  return { type: 'Counted', data: { n, of, name } };
}

let stores: TestStores;
const engines: ProjectionEngine[] = [];

beforeEach(async () => {
  stores = await openStores();
  fails = () => false;
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  await stores.close();
});

async function started(
  projections: readonly Projection[],
  options: Partial<ProjectionEngineOptions> = {},
): Promise<ProjectionEngine> {
  const { log, readStore } = stores;
  const engine = createProjectionEngine({ log, readStore, projections, ...options });
  engines.push(engine);
  await engine.start();
  return engine;
}

async function seen(engine: ProjectionEngine, id = 'a', name = 'counters') {
  const stored = await stores.readStore.load(engine.live(name), [id]);
  return (stored.get(id)?.document as Counter | undefined)?.seen;
}

async function parked(): Promise<readonly ParkedEvent[]> {
  const sort = [{ field: 'position', direction: 'ascending' }] as const;
  const page = await stores.readStore.find<ParkedEvent>(PARKED_EVENTS, {
    filter: {},
    sort,
    limit: 100,
  });
  return page.documents;
}

function spying(readStore: ReadStore, onWrite: (batch: WriteBatch) => void): ReadStore {
  return {
    ...readStore,
    write: async (batch) => {
      onWrite(batch);
      await readStore.write(batch);
    },
  };
}

describe('following the log', () => {
  it('folds what is there and what comes', async () => {
    await stores.append('counter-1', counted(1), counted(2));
    const engine = await started([counting('counters')]);
    const position = await stores.append('counter-1', counted(3));
    expect(await engine.waitFor(position, 2_000)).toBe(true);
    expect(await seen(engine)).toEqual([1, 2, 3]);
  });

  it('writes a batch with all read models and their checkpoints at once', async () => {
    const events = Array.from({ length: 10 }, (_, n) => counted(n));
    const position = await stores.append('counter-1', ...events);
    const batches: WriteBatch[] = [];
    const readStore = spying(stores.readStore, (batch) => batches.push(batch));
    const engine = await started([counting('counters'), counting('others')], { readStore });
    await engine.waitFor(position, 2_000);
    const [batch] = batches.filter(({ checkpoints }) => Object.keys(checkpoints).length > 0);
    expect(batch?.writes).toHaveLength(2);
    expect(batch?.checkpoints).toEqual({ 'counters@1001': position, 'others@1001': position });
  });

  it('takes no more than a batch at a time', async () => {
    for (let n = 0; n < 5; n += 1)
      await stores.append(`counter-${n}`, counted(n, `${n}`), counted(n, `${n}`));
    const sizes: number[] = [];
    const readStore = spying(stores.readStore, ({ writes }) => sizes.push(writes.length));
    const engine = await started([counting('counters')], { readStore, batchSize: 4 });
    await engine.waitFor(10, 2_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4);
    expect(await seen(engine, '4')).toEqual([4, 4]);
  });

  it('folds settings as of each event, also when it starts in the middle', async () => {
    const change = (from: string, to: string) => ({
      type: 'GeneralSettingsChanged',
      data: { changes: [{ field: 'currency', from, to }] },
    });
    await stores.append('settings', change('VND', 'USD'));
    await stores.append('counter-1', counted(1, 'usd'));
    const first = await started([counting('counters')]);
    await first.waitFor(2, 2_000);
    await first.stop();
    await stores.append('counter-1', counted(2, 'usd-later'));
    await stores.append('settings', change('USD', 'EUR'));
    const position = await stores.append('counter-1', counted(3, 'eur'));
    const engine = await started([counting('counters')]);
    await engine.waitFor(position, 2_000);
    const currencies = await stores.readStore.load(engine.live('counters'), [
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
    const position = await stores.append('counter-1', counted(1), counted(2), counted(3));
    const engine = await started([counting('counters')]);
    await engine.waitFor(position, 2_000);
    await engine.stop();
    await stores.readStore.forget('counters@1001');
    const again = await started([counting('counters')]);
    const next = await stores.append('counter-1', counted(4));
    await again.waitFor(next, 2_000);
    expect(await seen(again)).toEqual([1, 2, 3, 4]);
  });

  it('goes on after the read store failed, without losing or doubling', async () => {
    let failures = 3;
    const readStore: ReadStore = {
      ...stores.readStore,
      write: async (batch) => {
        if (
          batch.writes.length > 0 &&
          Object.keys(batch.checkpoints).length > 0 &&
          failures-- > 0
        ) {
          throw new Error('disk full');
        }
        await stores.readStore.write(batch);
      },
    };
    const engine = await started([counting('counters')], { readStore });
    const position = await stores.append('counter-1', counted(1), counted(2));
    expect(await engine.waitFor(position, 5_000)).toBe(true);
    expect(await seen(engine)).toEqual([1, 2]);
  });
});

describe('waiting for a position', () => {
  it('answers at once when it is reached, and says no when the time passes', async () => {
    const engine = await started([counting('counters')]);
    const position = await stores.append('counter-1', counted(1));
    await engine.waitFor(position, 2_000);
    expect(await engine.waitFor(position, 0)).toBe(true);
    expect(await engine.waitFor(position + 1, 30)).toBe(false);
  });

  it('moves on over events that concern no read model', async () => {
    const engine = await started([counting('counters')]);
    const position = await stores.append('key-1', { type: 'Renamed', data: {} });
    expect(await engine.waitFor(position, 2_000)).toBe(true);
  });
});

describe('parking', () => {
  it('freezes the document whose event cannot be folded, and lets the others go on', async () => {
    fails = ({ data }) => Reflect.get(data, 'n') === 2;
    const engine = await started([counting('counters')]);
    const events = [counted(1), counted(2), counted(3), counted(1, 'b')];
    await engine.waitFor(await stores.append('counter-1', ...events), 2_000);
    await engine.waitFor(await stores.append('counter-1', counted(4), counted(4, 'b')), 2_000);
    expect(await seen(engine, 'a')).toEqual([1]);
    expect(await seen(engine, 'b')).toEqual([1, 4]);
    expect((await parked()).map(({ position, error }) => [position, error.name])).toEqual([
      [2, 'TypeError'],
      [3, 'BehindParkedEvent'],
      [5, 'BehindParkedEvent'],
    ]);
    expect((await engine.status()).models[0]?.parked).toBe(3);
  });

  it('keeps values of the event out of the error', async () => {
    fails = () => true;
    const engine = await started([counting('counters')]);
    await engine.waitFor(await stores.append('counter-1', counted(1)), 2_000);
    expect((await parked())[0]?.error.message).toBe('Cannot fold ….');
  });

  it('parks events that this version does not know', async () => {
    const engine = await started([counting('counters')]);
    await engine.waitFor(await stores.append('counter-1', counted(1)), 2_000);
    const position = await stores.appendRaw('counter-2', 'CountedOtherwise', { of: 'a', n: 2 });
    await engine.waitFor(position, 2_000);
    expect(await seen(engine)).toEqual([1]);
    expect((await parked()).map(({ error }) => error.message)).toEqual([
      'An event of type CountedOtherwise cannot be read: unknown-type.',
    ]);
  });

  it('rebuilds a frozen document once its events can be folded', async () => {
    fails = ({ data }) => Reflect.get(data, 'n') === 2;
    const engine = await started([counting('counters')]);
    await engine.waitFor(await stores.append('counter-1', counted(1), counted(2)), 2_000);
    expect(await engine.retryParked('counters')).toEqual({ repaired: 0, stillParked: 1 });
    fails = () => false;
    expect(await engine.retryParked('counters', 'a')).toEqual({ repaired: 1, stillParked: 0 });
    expect(await seen(engine)).toEqual([1, 2]);
    expect(await parked()).toEqual([]);
    await engine.waitFor(await stores.append('counter-1', counted(3)), 2_000);
    expect(await seen(engine)).toEqual([1, 2, 3]);
    expect((await engine.status()).models[0]?.parked).toBe(0);
  });

  it('freezes a whole stream when it cannot be told which document an event is about', async () => {
    let unreadable = true;
    const projection: Projection<Counter> = {
      ...counting('counters'),
      keys({ data }) {
        if (unreadable && Reflect.get(data, 'n') === 2) throw new Error('no key');
        return [Reflect.get(data, 'of') as string];
      },
    };
    const engine = await started([projection]);
    const events = [counted(1), counted(2), counted(3)];
    await engine.waitFor(await stores.append('counter-1', ...events), 2_000);
    await engine.waitFor(await stores.append('counter-1', counted(4)), 2_000);
    expect(await seen(engine)).toEqual([1]);
    expect(await engine.retryParked('counters')).toEqual({ repaired: 0, stillParked: 1 });
    unreadable = false;
    expect(await engine.retryParked('counters')).toEqual({ repaired: 1, stillParked: 0 });
    expect(await seen(engine)).toEqual([1, 2, 3, 4]);
  });
});

describe('versions', () => {
  it('builds a new version beside the old, switches, and drops the old', async () => {
    const position = await stores.append('counter-1', counted(1), counted(2));
    const old = await started([counting('counters')]);
    await old.waitFor(position, 2_000);
    await old.stop();
    const engine = await started([counting('counters', 2, 100)], { dropAfterMs: 10 });
    const versionAtStart = engine.live('counters').version;
    await settled(async () => engine.live('counters').version === 2_001);
    expect(versionAtStart).toBe(1_001);
    expect(await seen(engine)).toEqual([100, 1, 2]);
    await settled(async () => (await stores.readStore.versions('counters')).length === 1);
  });

  it('builds a read model anew while the present one keeps up', async () => {
    const position = await stores.append('counter-1', counted(1), counted(2));
    const engine = await started([counting('counters'), counting('others')], { dropAfterMs: 10 });
    await engine.waitFor(position, 2_000);
    await engine.rebuild(['counters']);
    await settled(async () => engine.live('counters').version === 1_002);
    const next = await stores.append('counter-1', counted(3));
    expect(await engine.waitFor(next, 2_000)).toBe(true);
    expect(await seen(engine)).toEqual([1, 2, 3]);
    expect(await seen(engine, 'a', 'others')).toEqual([1, 2, 3]);
    await settled(async () => (await stores.readStore.versions('counters')).length === 1);
    expect((await engine.status()).models.map(({ version, lag }) => [version, lag])).toEqual([
      [1_001, 0],
      [1_002, 0],
    ]);
  });

  it('leaves a read model alone that a newer process has replaced', async () => {
    const position = await stores.append('counter-1', counted(1));
    const newer = await started([counting('counters', 2)]);
    await newer.waitFor(position, 2_000);
    await newer.stop();
    const older = await started([counting('counters', 1)]);
    expect(older.live('counters').version).toBe(2_001);
    expect(await older.waitFor(position, 20)).toBe(false);
  });
});

async function settled(condition: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 200 && !(await condition()); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await condition()).toBe(true);
}
