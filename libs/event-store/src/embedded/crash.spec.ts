import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildChildren, type Child, type Children } from '../contract/crash/children.js';
import { StoreLocked } from '../errors.js';
import type { StoredEvent } from '../event-store.port.js';
import { openEmbeddedEventStore } from './embedded-event-store.js';

interface Acknowledged {
  readonly stream: string;
  readonly first: number;
  readonly position: number;
  readonly ids: readonly string[];
}

describe('A process that writes', () => {
  let children: Children;
  let folder: string;
  let running: Child | undefined;
  beforeAll(() => {
    children = buildChildren();
  });
  afterAll(() => children.cleanup());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'events '));
  });
  afterEach(async () => {
    await running?.kill();
    running = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses nothing that it acknowledged when it is killed, and stores nothing by halves', async () => {
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < 8; round += 1) {
      running = await children.start('append', folder);
      await sleep(20 + 200 * Math.random());
      await running.kill();
      for (const line of running.lines()) if (line !== 'open') acknowledged.push(JSON.parse(line));

      const store = await openEmbeddedEventStore({ folder });
      const streams = new Map<string, readonly StoredEvent[]>();
      for (const { stream, first, position, ids } of acknowledged) {
        const events = streams.get(stream) ?? (await store.readStream({ stream }));
        streams.set(stream, events);
        const found = events.slice(first, first + ids.length);
        expect(found.map(({ id }) => id)).toEqual(ids);
        expect(found.at(-1)?.position).toBe(position);
      }
      await store.close();
    }
    expect(acknowledged.length).toBeGreaterThan(100);
  });

  it('keeps every other from the folder until it is killed', async () => {
    running = await children.start('hold', folder);
    const refused = openEmbeddedEventStore({ folder });
    await expect(refused).rejects.toEqual(new StoreLocked(folder, running.pid));
    await running.kill();
    const store = await openEmbeddedEventStore({ folder });
    expect(await store.head()).toBe(-1);
    await store.close();
  });

  it('can be followed live by another process', async () => {
    running = await children.start('append', folder);
    const reader = await openEmbeddedEventStore({ folder, readOnly: true });
    const ending = new AbortController();
    let next = 1;
    let batchesLive = 0;
    for await (const { events, live } of reader.subscribe({ signal: ending.signal })) {
      for (const { position } of events) {
        expect(position).toBe(next);
        next += 1;
      }
      if (live) batchesLive += 1;
      if (batchesLive >= 3 && next > 200) ending.abort();
    }
    await reader.close();
    expect(next).toBeGreaterThan(200);
  });

  it('leaves a log behind that a reader alone can read whole', async () => {
    running = await children.start('append', folder);
    while (running.lines().length < 50) await sleep(10);
    await running.kill();
    const reader = await openEmbeddedEventStore({ folder, readOnly: true });
    const head = await reader.head();
    expect(await reader.readAll({ limit: 100_000 })).toHaveLength(head);
    await reader.close();
    const store = await openEmbeddedEventStore({ folder });
    expect(await store.head()).toBe(head);
    await store.close();
  });
});
