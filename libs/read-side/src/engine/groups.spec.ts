import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '#crm';
import type { ReadStore } from '#read-store';
import { engineTest } from '../support/engine-test.js';
import { type Weighed, weighing } from '../support/grouping.js';
import type { ProjectionEngine } from './engine.port.js';

const test = engineTest();

function joined(of: string, ...groups: readonly string[]) {
  return { type: 'Counted', data: { of: [of], groups, weight: 1 } };
}

async function counts(engine: ProjectionEngine): Promise<Readonly<Record<string, number>>> {
  const find = { filter: {}, sort: [], limit: 100 };
  const page = await test.stores.readStore.find<Weighed>(engine.live('weights'), find);
  return Object.fromEntries(page.documents.map(({ id, count }) => [id, count]));
}

describe('groups of documents', () => {
  it('are there for two members and more', async () => {
    const engine = await test.started([weighing()]);
    const happen = async (...events: ReturnType<typeof joined>[]) =>
      engine.waitFor(await test.stores.append('counter-1', ...events), 2_000);
    await happen(joined('a', 'k', 'l'), joined('b', 'k'));
    expect(await counts(engine)).toEqual({ k: 2 });
    await happen(joined('c', 'k'), joined('d', 'k'), joined('b', 'l'));
    expect(await counts(engine)).toEqual({ k: 3, l: 2 });
    await happen(joined('a'), joined('c'));
    expect(await counts(engine)).toEqual({});
  });

  it('cost a batch one look-up and two loads, however many they are', async () => {
    const calls: string[] = [];
    const { readStore } = test.stores;
    const counted =
      (name: 'load' | 'lookUp' | 'find') =>
      (...given: readonly unknown[]) => {
        calls.push(name);
        return Reflect.apply(readStore[name], readStore, given);
      };
    const counting: ReadStore = {
      ...readStore,
      load: counted('load') as ReadStore['load'],
      lookUp: counted('lookUp') as ReadStore['lookUp'],
      find: counted('find') as ReadStore['find'],
    };
    const engine = await test.started([weighing()], { readStore: counting });
    const some = (from: number) =>
      Array.from({ length: 60 }, (_, n) => joined(`${from + n}`, `k${n}`, `l${n % 20}`));
    await engine.waitFor(await test.stores.append('counter-1', ...some(0)), 2_000);
    calls.length = 0;
    await engine.waitFor(await test.stores.append('counter-1', ...some(100)), 2_000);
    expect(calls.sort()).toEqual(['load', 'load', 'lookUp']);
  });

  it('have what a repaired member brings, and it is taken out again when that leaves', async () => {
    let fails = (_: Recorded) => true;
    const engine = await test.started([weighing((event) => fails(event))]);
    const happen = async (...events: ReturnType<typeof joined>[]) =>
      engine.waitFor(await test.stores.append('counter-1', ...events), 2_000);
    fails = ({ data }) => String(Reflect.get(data, 'groups')) === 'l';
    await happen(joined('a', 'k'), joined('b', 'k', 'l'), joined('c', 'k', 'l'));
    await happen(joined('a', 'l'), joined('d', 'k'));
    expect(await counts(engine)).toEqual({ k: 4, l: 2 });
    fails = () => false;
    expect(await engine.retryParked('members')).toEqual({ repaired: 1, stillParked: 0 });
    expect(await counts(engine)).toEqual({ k: 3, l: 3 });
    await happen(joined('a'));
    expect(await counts(engine)).toEqual({ k: 3, l: 2 });
  });

  it('are built anew and dropped with the documents', async () => {
    const engine = await test.started([weighing()], { dropAfterMs: 0 });
    const events = [joined('a', 'k'), joined('b', 'k')];
    await engine.waitFor(await test.stores.append('counter-1', ...events), 2_000);
    await engine.rebuild();
    while ((await test.stores.readStore.versions('weights')).join() !== '1002') {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(engine.live('weights').version).toBe(1_002);
    expect(await counts(engine)).toEqual({ k: 2 });
  });
});
