import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventStore } from './embedded/embedded-event-store.js';
import { describeEventStore } from './event-store.contract.js';
import { prefixedEventStore } from './prefixed-event-store.js';

describeEventStore('embedded, under a prefix beside others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'events '));
  const open = async () => {
    const store = await openEmbeddedEventStore({ folder });
    const data = { id: crypto.randomUUID(), type: 'Tested', data: {}, metadata: {} };
    const stream = `other.lead-${crypto.randomUUID()}`;
    await store.append({ stream, expected: 'no_stream', events: [data] });
    return prefixedEventStore(store, 'acme.');
  };
  return {
    store: await open(),
    reopen: open,
    cleanup: async () => rmSync(folder, { recursive: true, force: true }),
  };
});
