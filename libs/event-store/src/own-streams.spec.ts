import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openEmbeddedEventStore } from './embedded/embedded-event-store.js';
import { describeEventStore } from './event-store.contract.js';
import type { EventStore } from './event-store.port.js';
import { ownStreamsOnly } from './own-streams.js';
import { prefixedEventStore } from './prefixed-event-store.js';

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'events '));
  folders.push(folder);
  return folder;
};

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function put(store: EventStore, stream: string): Promise<void> {
  const event = { id: crypto.randomUUID(), type: 'Tested', data: {}, metadata: {} };
  await store.append({ stream, expected: 'no_stream', events: [event] });
}

describeEventStore('embedded, beside installations under prefixes', async () => {
  const folder = newFolder();
  const open = async () => {
    const store = await openEmbeddedEventStore({ folder });
    await put(store, `other.lead-${crypto.randomUUID()}`);
    return ownStreamsOnly(store);
  };
  return { store: await open(), reopen: open, cleanup: async () => undefined };
});

describe('a log beside others', () => {
  it('ends where its own events end, however many of others there are in between', async () => {
    const server = await openEmbeddedEventStore({ folder: newFolder() });
    const own = ['lead-1', 'key-lead-email-a.b', 'settings', 'lead-2'];
    for (const stream of own) {
      await put(server, stream);
      for (const other of ['acme.', 'acme.hanoi.']) await put(server, `${other}${stream}`);
    }
    const read = async (store: EventStore, limit: number, direction?: 'backwards') =>
      (await store.readAll({ limit, ...(direction && { direction }) })).map(({ stream }) => stream);
    const log = ownStreamsOnly(server);
    for (const limit of [1, 2, 3, 4, 50]) {
      expect(await read(log, limit)).toEqual(own.slice(0, limit));
      expect(await read(log, limit, 'backwards')).toEqual([...own].reverse().slice(0, limit));
    }
    expect(await read(ownStreamsOnly(prefixedEventStore(server, 'acme.')), 50)).toEqual(own);
    await server.close();
  });
});
