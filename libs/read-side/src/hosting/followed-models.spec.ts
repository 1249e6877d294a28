import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { UnknownReadModel } from '../engine/engine.port.js';
import { counted, engineTest } from '../support/engine-test.js';
import { createFollowedModels } from './followed-models.js';

const test = engineTest();
const followers: ReturnType<typeof createFollowedModels>[] = [];

afterEach(async () => {
  for (const follower of followers.splice(0)) await follower.stop();
});

async function following() {
  const { log, readStore } = test.stores;
  const projections = [test.counting('counters'), test.counting('others')];
  const models = createFollowedModels({ log, readStore, projections });
  followers.push(models);
  await models.start();
  return models;
}

/** Two engines, as two processes that keep one read model each. */
async function kept() {
  const counters = await test.started([test.counting('counters')], { followed: true });
  await test.started([test.counting('others')], { followed: true });
  return counters;
}

describe('read models that other processes keep', () => {
  it('are waited for, whoever keeps them and whatever the event concerns', async () => {
    const engine = await kept();
    const models = await following();
    const position = await test.stores.append('counter-1', counted(1));
    expect(await models.waitFor(position, 2_000)).toBe(true);
    expect(await test.seen(engine)).toEqual([1]);
    const idle = await test.stores.append('key-1', { type: 'Renamed', data: {} });
    expect(await models.waitFor(idle, 2_000, ['counters'])).toBe(true);
    expect(models.reached()).toBe(idle);
    expect(await models.waitFor(idle + 1, 20)).toBe(false);
  });

  it('may come before those who keep them', async () => {
    const position = await test.stores.append('counter-1', counted(1));
    const models = await following();
    expect(models.reached()).toBe(-1);
    const waiting = models.waitFor(position, 5_000);
    await kept();
    expect(await waiting).toBe(true);
  });

  it('are read in the version that was switched to', async () => {
    const engine = await kept();
    const models = await following();
    const { version } = models.live('counters');
    await engine.rebuild(['counters']);
    for (let n = 0; n < 300 && models.live('counters').version === version; n += 1) await sleep(10);
    expect(models.live('counters').version).toBe(version + 1);
    expect(() => models.live('nonsense')).toThrow(UnknownReadModel);
  });

  it('tell how far they are behind, and what is parked', async () => {
    test.fails = ({ data }) => Reflect.get(data, 'n') === 2;
    await kept();
    const models = await following();
    const position = await test.stores.append('counter-1', counted(1), counted(2));
    await models.waitFor(position, 2_000);
    expect((await models.status()).models).toMatchObject([
      { collection: 'counters', lag: 0, parked: 1, state: 'live' },
      { collection: 'others', lag: 0, parked: 1, state: 'live' },
    ]);
  });

  it('let nobody wait who stops', async () => {
    const models = await following();
    const waiting = models.waitFor(1_000, 10_000);
    await models.stop();
    expect(await waiting).toBe(false);
  });
});
