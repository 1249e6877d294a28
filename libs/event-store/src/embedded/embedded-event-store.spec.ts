import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventStore } from '../event-store.contract.js';
import { openEmbeddedEventStore } from './embedded-event-store.js';

describeEventStore('embedded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'events '));
  const open = () => openEmbeddedEventStore({ folder });
  return {
    store: await open(),
    reopen: open,
    cleanup: async () => rmSync(folder, { recursive: true, force: true }),
  };
});
