import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeLeases } from '../leases.contract.js';
import { openEmbeddedLeases } from './open-embedded-leases.js';
import { openEmbeddedReadStore } from './open-embedded-read-store.js';

describeLeases('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leases '));
  const store = openEmbeddedReadStore({ folder });
  const ours = openEmbeddedLeases({ folder });
  const theirs = openEmbeddedLeases({ folder });
  return {
    ours,
    theirs,
    store,
    async cleanup() {
      for (const each of [ours, theirs, store]) await each.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
