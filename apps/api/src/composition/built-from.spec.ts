import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, openEmbeddedEventStore } from '#event-store';
import { openEmbeddedReadStore, type ReadStore } from '#read-store';
import { isBuiltFromAnother, noteBuiltFrom, noteRebuiltFrom } from './built-from.js';

let folder: string;
let readStore: ReadStore;
let logs: EventStore[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'built from '));
  readStore = openEmbeddedReadStore({});
  logs = await Promise.all(
    ['one', 'two'].map((name) => openEmbeddedEventStore({ folder: join(folder, name) })),
  );
});

afterEach(async () => {
  for (const store of [...logs, readStore]) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every installation's log begins with the same settings, at its own time. */
async function begin(log: EventStore | undefined, recordedAt: string): Promise<EventStore> {
  if (!log) throw new Error('no log');
  const id = '14677857-28c0-5136-80ff-becb54a99f83';
  const event = { id, type: 'PipelineDefined', data: {}, metadata: { recordedAt } };
  await log.append({ stream: 'settings', expected: 'no_stream', events: [event] });
  return log;
}

describe('what a read store is built from', () => {
  it('is noted once there is something, and told from every other log', async () => {
    const [one, two] = logs;
    if (!one || !two) throw new Error('no logs');
    await noteBuiltFrom(readStore, one);
    expect(await isBuiltFromAnother(readStore, two)).toBe(false);
    await begin(one, '2026-01-01T00:00:00.000Z');
    await noteBuiltFrom(readStore, one);
    expect(await isBuiltFromAnother(readStore, one)).toBe(false);
    expect(await isBuiltFromAnother(readStore, two)).toBe(true);
    await begin(two, '2026-01-01T00:00:00.001Z');
    await noteBuiltFrom(readStore, two);
    expect(await isBuiltFromAnother(readStore, two)).toBe(true);
    await noteRebuiltFrom(readStore, two);
    expect(await isBuiltFromAnother(readStore, two)).toBe(false);
    expect(await isBuiltFromAnother(readStore, one)).toBe(true);
  });

  it('is another log where a copy has positions of its own', async () => {
    const one = await begin(logs[0], '2026-01-01T00:00:00.000Z');
    await noteBuiltFrom(readStore, one);
    const readAll: EventStore['readAll'] = async (read) =>
      (await one.readAll(read)).map((event) => ({ ...event, position: event.position + 1_000 }));
    expect(await isBuiltFromAnother(readStore, { readAll })).toBe(true);
  });
});
