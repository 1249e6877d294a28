import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeReadStore } from '../read-store.contract.js';
import { openEmbeddedReadStore } from './open-embedded-read-store.js';

const folder = mkdtempSync(join(tmpdir(), 'read store '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeReadStore('SQLite in memory', () => openEmbeddedReadStore({}));
describeReadStore('SQLite in a file', () => openEmbeddedReadStore({ folder }));
