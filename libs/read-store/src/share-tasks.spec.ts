import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEmbeddedLeases } from './embedded/open-embedded-leases.js';
import { WAITING } from './fair-share.js';
import type { Lease, Leases } from './leases.port.js';
import { shareTasks, type Task, type TaskSharing } from './share-tasks.js';

const TTL_MS = 150;
let leases: Leases;
let folder: string;
const running = new Map<string, string[]>();
let doneByTwo = false;
const processes: TaskSharing[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leases '));
  leases = openEmbeddedLeases({ folder });
  running.clear();
  doneByTwo = false;
});
afterEach(async () => {
  for (const process of processes.splice(0)) await process.stop();
  await leases.close();
  rmSync(folder, { recursive: true });
});

/** Tasks that note who does them. */
function tasksOf(holder: string, names: readonly string[]): Task[] {
  return names.map((name) => ({
    name,
    async begin() {
      running.set(name, [...(running.get(name) ?? []), holder]);
      doneByTwo ||= (running.get(name)?.length ?? 0) > 1;
      return {
        async end() {
          running.set(
            name,
            (running.get(name) ?? []).filter((other) => other !== holder),
          );
        },
      };
    },
  }));
}

function start(holder: string, names: readonly string[], over: Partial<Leases> = {}): TaskSharing {
  const process = shareTasks({
    leases: { ...leases, ...over },
    holder,
    tasks: tasksOf(holder, names),
    ttlMs: TTL_MS,
    failed: () => {},
  });
  processes.push(process);
  void process.start();
  return process;
}

async function until(holds: () => boolean): Promise<void> {
  for (let n = 0; n < 300 && !holds(); n += 1) await sleep(10);
  expect(holds()).toBe(true);
}

const doneByOne = (names: readonly string[]) =>
  names.every((name) => running.get(name)?.length === 1);

describe('tasks that processes share', () => {
  const names = ['a', 'b', 'c', 'd'];

  it('are all done, each by one, and by both where two start together', async () => {
    start('first', names);
    start('second', names);
    await until(() => doneByOne(names));
    expect(new Set([...running.values()].flat())).toEqual(new Set(['first', 'second']));
  });

  it('are given on when a process stops', async () => {
    const first = start('first', names);
    await until(() => doneByOne(names));
    const second = start('second', names);
    await sleep(TTL_MS / 5);
    expect(second.held()).toEqual([]);
    await first.stop();
    await until(() => second.held().length === names.length);
    expect(doneByOne(names)).toBe(true);
  });

  it('are shared with processes that come later, and by fewer when one leaves', async () => {
    const counts = () => processes.map((process) => process.held().length).sort();
    start('first', names);
    await until(() => doneByOne(names));
    start('second', names);
    await until(() => counts().join() === '2,2');
    start('third', names);
    await until(() => counts().join() === '1,1,2');
    const fourth = start('fourth', names);
    await until(() => counts().join() === '1,1,1,1');
    await sleep(2 * TTL_MS);
    expect(counts()).toEqual([1, 1, 1, 1]);
    await fourth.stop();
    await until(() => counts().join() === '0,1,1,2' && doneByOne(names));
    expect(doneByTwo).toBe(false);
  });

  it('stay where they are done when a later process can begin none of them', async () => {
    const first = start('first', names);
    await until(() => doneByOne(names));
    let failures = 0;
    const process = shareTasks({
      leases,
      holder: 'second',
      ttlMs: TTL_MS,
      failed: () => {
        failures += 1;
      },
      tasks: names.map((name) => ({ name, begin: () => Promise.reject(new Error('never')) })),
    });
    processes.push(process);
    void process.start();
    await until(() => failures > 0);
    await until(() => first.held().length === names.length);
    await sleep(3 * TTL_MS);
    expect(first.held()).toHaveLength(names.length);
    expect(failures).toBeLessThan(5);
  });

  it('go back when the process that waits for them does not take them, and stay then', async () => {
    const first = start('first', names);
    await until(() => doneByOne(names));
    // It renews, and takes nothing: of another version, it does not know these tasks.
    const waiting = (await leases.acquire(WAITING, 'second', TTL_MS)) as Lease;
    const renewing = setInterval(() => void leases.renew(waiting), TTL_MS / 12);
    await until(() => first.held().length < names.length);
    await sleep(12 * TTL_MS);
    expect(first.held()).toHaveLength(names.length);
    await sleep(2 * TTL_MS);
    expect(first.held()).toHaveLength(names.length);
    clearInterval(renewing);
  });

  it('are kept while another takes longer to begin than a lease lasts', async () => {
    let isBeginning = false;
    const slow: Task = {
      name: 'slow',
      begin: async () => {
        isBeginning = true;
        await sleep(4 * TTL_MS);
        return { end: async () => {} };
      },
    };
    const first = shareTasks({
      leases,
      holder: 'first',
      ttlMs: TTL_MS,
      failed: () => {},
      tasks: [...tasksOf('first', ['a']), slow],
    });
    processes.push(first);
    void first.start();
    await until(() => isBeginning);
    const second = start('second', ['a', 'slow']);
    for (let n = 0; n < 10; n += 1) {
      await sleep((3 * TTL_MS) / 10);
      expect(second.held()).toEqual([]);
    }
    await until(() => first.held().length === 2);
  });

  it('are taken over when a process dies, and ended by it when it was only away', async () => {
    let away = false;
    const renew: Leases['renew'] = async (lease) => {
      while (away) await sleep(10);
      return leases.renew(lease);
    };
    const first = start('first', names, { renew });
    await until(() => first.held().length === names.length);
    away = true;
    const second = start('second', names);
    await until(() => second.held().length === names.length);
    away = false;
    await until(() => first.held().length === 0 && doneByOne(names));
    expect(running.get('a')).toEqual(['second']);
  });

  it('are tried again when they cannot begin', async () => {
    let failures = 2;
    const told: unknown[] = [];
    const process = shareTasks({
      leases,
      holder: 'first',
      ttlMs: TTL_MS,
      failed: (name, error) => told.push([name, (error as Error).message]),
      tasks: [
        {
          name: 'a',
          async begin() {
            if (failures-- > 0) throw new Error('not yet');
            return { end: async () => {} };
          },
        },
      ],
    });
    processes.push(process);
    void process.start();
    await until(() => process.held().length === 1);
    expect(told).toEqual([
      ['a', 'not yet'],
      ['a', 'not yet'],
    ]);
  });
});
