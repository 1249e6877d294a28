import { describe, expect, it } from '@jest/globals';
import { counted, engineTest } from '../support/engine-test.js';
import { PARKED_EVENTS } from './parking.js';

const test = engineTest();

describe('versions', () => {
  it('builds a new version beside the old, switches, and drops the old', async () => {
    const position = await test.stores.append('counter-1', counted(1), counted(2));
    const old = await test.started([test.counting('counters')]);
    await old.waitFor(position, 2_000);
    await old.stop();
    const engine = await test.started([test.counting('counters', 2, 100)], { dropAfterMs: 10 });
    const versionAtStart = engine.live('counters').version;
    await settled(async () => engine.live('counters').version === 2_001);
    expect(versionAtStart).toBe(1_001);
    expect(await test.seen(engine)).toEqual([100, 1, 2]);
    await settled(async () => (await test.stores.readStore.versions('counters')).length === 1);
  });

  it('builds a read model anew while the present one keeps up', async () => {
    const position = await test.stores.append('counter-1', counted(1), counted(2));
    const engine = await test.started([test.counting('counters'), test.counting('others')], {
      dropAfterMs: 10,
    });
    await engine.waitFor(position, 2_000);
    await engine.rebuild(['counters']);
    await settled(async () => engine.live('counters').version === 1_002);
    const next = await test.stores.append('counter-1', counted(3));
    expect(await engine.waitFor(next, 2_000)).toBe(true);
    expect(await test.seen(engine)).toEqual([1, 2, 3]);
    expect(await test.seen(engine, 'a', 'others')).toEqual([1, 2, 3]);
    await settled(async () => (await test.stores.readStore.versions('counters')).length === 1);
    expect((await engine.status()).models.map(({ version, lag }) => [version, lag])).toEqual([
      [1_001, 0],
      [1_002, 0],
    ]);
  });

  it('goes on with a build that a process began and did not finish', async () => {
    const position = await test.stores.append('counter-1', counted(1), counted(2));
    const stopped = await test.started([test.counting('counters')]);
    await stopped.waitFor(position, 2_000);
    await stopped.rebuild();
    await stopped.stop();
    expect(stopped.live('counters').version).toBe(1_001);
    const engine = await test.started([test.counting('counters')], { dropAfterMs: 10 });
    await settled(async () => engine.live('counters').version === 1_002);
    expect(await test.seen(engine)).toEqual([1, 2]);
    await settled(async () => (await test.stores.readStore.versions('counters')).length === 1);
    expect((await engine.status()).models).toMatchObject([{ version: 1_002, state: 'live' }]);
  });

  it('tells of what is parked in the version that is read, and forgets what was in the one before', async () => {
    test.fails = ({ data }) => Reflect.get(data, 'n') === 2;
    const position = await test.stores.append('counter-1', counted(1), counted(2), counted(3));
    const first = await test.started([test.counting('counters')], { dropAfterMs: 10 });
    await first.waitFor(position, 2_000);
    await first.rebuild();
    await settled(async () => first.live('counters').version === 1_002);
    await settled(async () => (await test.stores.readStore.versions('counters')).length === 1);
    expect((await first.status()).models).toMatchObject([{ version: 1_002, parked: 2 }]);
    await first.stop();
    const engine = await test.started([test.counting('counters')]);
    expect((await engine.status()).models).toMatchObject([{ version: 1_002, parked: 2 }]);
    const parked = { filter: {}, sort: [], limit: 10 };
    const { documents } = await test.stores.readStore.find(PARKED_EVENTS, parked);
    expect(documents.map(({ model }) => model)).toEqual(['counters@1002', 'counters@1002']);
  });

  it('leaves a read model alone that a newer process has replaced', async () => {
    const position = await test.stores.append('counter-1', counted(1));
    const newer = await test.started([test.counting('counters', 2)]);
    await newer.waitFor(position, 2_000);
    await newer.stop();
    const older = await test.started([test.counting('counters', 1)]);
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
