import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createProjectionEngine } from '../engine/engine.js';
import { UnknownReadModel } from '../engine/engine.port.js';
import { counted, engineTest } from '../support/engine-test.js';
import { ProjectionsAway } from './calls.js';
import { hostEngine } from './host-engine.js';
import { createRemoteEngine, type EngineThread, type RemoteEngine } from './remote-engine.js';

const test = engineTest();
const threads: FakeThread[] = [];
const warnings: string[] = [];
let remote: RemoteEngine;
let failing: Error | undefined;

beforeEach(() => {
  failing = undefined;
  remote = createRemoteEngine({
    launch,
    head: () => test.stores.log.head(),
    logger: { info: () => {}, warn: (_facts, message) => warnings.push(message) },
    stopWithinMs: 2_000,
  });
});

afterEach(async () => {
  await remote.stop();
  for (const thread of threads.splice(0)) await thread.terminate();
  warnings.length = 0;
});

describe('an engine in another thread', () => {
  it('lets readers wait for their writes', async () => {
    await test.stores.append('counter-1', counted(1));
    await remote.start();
    const position = await test.stores.append('counter-1', counted(2));
    remote.grown(position);
    expect(await remote.waitFor(position, 2_000, ['counters'])).toBe(true);
    expect(await test.seen(remote)).toEqual([1, 2]);
    expect(remote.reached(['counters'])).toBe(position);
    expect(await remote.waitFor(position + 1, 10)).toBe(false);
  });

  it('tells of each append until the engine has it, and no more often', async () => {
    await remote.start();
    const [thread] = threads;
    await remote.waitFor(await test.stores.append('counter-1', counted(1)), 2_000);
    const before = thread?.told ?? 0;
    const last = await test.stores.append('counter-1', counted(2));
    for (let n = 0; n < 100; n += 1) remote.grown(last);
    await sleep(20);
    expect(thread?.told).toBeLessThanOrEqual(before + 1);
    expect(await remote.waitFor(last, 2_000)).toBe(true);
    const next = await test.stores.append('counter-1', counted(3));
    remote.grown(next);
    expect(await remote.waitFor(next, 2_000)).toBe(true);
    expect(thread?.told).toBeLessThanOrEqual(before + 2);
  });

  it('answers with its status, and is rebuilt and repaired from here', async () => {
    test.fails = ({ data }) => Reflect.get(data, 'n') === 2;
    await remote.start();
    await remote.waitFor(await test.stores.append('counter-1', counted(1), counted(2)), 2_000);
    expect((await remote.status()).models).toMatchObject([
      { collection: 'counters', parked: 1, lag: 0, lastError: undefined },
    ]);
    test.fails = () => false;
    expect(await remote.retryParked('counters')).toEqual({ repaired: 1, stillParked: 0 });
    const { version } = remote.live('counters');
    await remote.rebuild(['counters']);
    await until(() => remote.live('counters').version === version + 1);
    expect(await test.seen(remote)).toEqual([1, 2]);
  });

  it('refuses what the engine refuses', async () => {
    await remote.start();
    await expect(remote.retryParked('nonsense')).rejects.toThrow(UnknownReadModel);
    expect(() => remote.live('nonsense')).toThrow(UnknownReadModel);
  });

  it('does not start when its thread cannot', async () => {
    failing = new Error('There is no folder.');
    await expect(remote.start()).rejects.toThrow('There is no folder.');
    expect(threads).toHaveLength(1);
  });
});

describe('a thread that ends', () => {
  it('is started again, and catches up', async () => {
    await remote.start();
    const first = await test.stores.append('counter-1', counted(1));
    await remote.waitFor(first, 2_000);
    threads[0]?.die();
    expect(remote.reached()).toBe(first);
    const position = await test.stores.append('counter-1', counted(2));
    remote.grown(position);
    expect(await remote.waitFor(position, 5_000)).toBe(true);
    expect(await test.seen(remote)).toEqual([1, 2]);
    expect(threads).toHaveLength(2);
    expect(warnings).toEqual(['The thread of the projections ended and is started again.']);
  });

  it('shows in the status while it is away, and in what is asked of it', async () => {
    await remote.start();
    await remote.waitFor(await test.stores.append('counter-1', counted(1)), 2_000);
    failing = new Error('There is no folder.');
    threads[0]?.die();
    await expect(remote.rebuild()).rejects.toThrow(ProjectionsAway);
    const position = await test.stores.append('counter-1', counted(2));
    expect((await remote.status()).models).toMatchObject([
      { collection: 'counters', position: position - 1, lag: 1 },
    ]);
    expect((await remote.status()).models[0]?.lastError).toMatch(/^ProjectionsAway/);
    failing = undefined;
    expect(await remote.waitFor(position, 10_000)).toBe(true);
    expect((await remote.status()).models[0]?.lastError).toBeUndefined();
  });

  it('is not started again once stopped', async () => {
    await remote.start();
    await remote.stop();
    await sleep(300);
    expect(threads).toHaveLength(1);
    expect(await remote.waitFor(1, 1_000)).toBe(false);
  });
});

/** What a thread is to the engine's other end, with its engine in this thread. */
class FakeThread extends EventEmitter implements EngineThread {
  told = 0;
  readonly #channel = new MessageChannel();
  #stop: () => Promise<void> = async () => {};
  #ended = false;

  constructor() {
    super();
    this.#channel.port2.on('message', (message) => this.emit('message', message));
    if (failing) {
      const error = failing;
      setImmediate(() => {
        this.emit('error', error);
        this.die();
      });
      return;
    }
    const { log, readStore } = test.stores;
    void hostEngine(this.#channel.port1, async (calls) => {
      const projections = [test.counting('counters')];
      const engine = createProjectionEngine({ log, readStore, projections, ...calls });
      this.#stop = engine.stop;
      return { engine, lookAgain: () => {}, close: async () => {} };
    });
  }

  postMessage(message: Parameters<EngineThread['postMessage']>[0]): void {
    if (message.kind === 'grown') this.told += 1;
    this.#channel.port2.postMessage(message);
  }

  die(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#channel.port2.removeAllListeners();
    this.#channel.port2.close();
    this.emit('exit', 1);
  }

  async terminate(): Promise<void> {
    this.die();
    await this.#stop();
  }
}

function launch(): EngineThread {
  const thread = new FakeThread();
  threads.push(thread);
  return thread;
}

async function until(holds: () => boolean): Promise<void> {
  for (let n = 0; n < 200 && !holds(); n += 1) await sleep(10);
}
