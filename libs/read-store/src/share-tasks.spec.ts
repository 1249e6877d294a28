import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEmbeddedLeases } from './embedded/open-embedded-leases.js';
import type { Leases } from './leases.port.js';
import { shareTasks, type Task, type TaskSharing } from './share-tasks.js';

const TTL_MS = 150;
let leases: Leases;
let folder: string;
const running = new Map<string, string[]>();
const processes: TaskSharing[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leases '));
  leases = openEmbeddedLeases({ folder });
  running.clear();
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
    await sleep(TTL_MS);
    expect(second.held()).toEqual([]);
    await first.stop();
    await until(() => second.held().length === names.length);
    expect(doneByOne(names)).toBe(true);
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
