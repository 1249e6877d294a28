import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectionDefinition } from '../read-store.port.js';
import { openDatabase } from './database.js';
import { missingEmbeddedIndexes } from './missing-embedded-indexes.js';
import { openEmbeddedReadStore } from './open-embedded-read-store.js';

const LEADS: CollectionDefinition = {
  name: 'leads',
  version: 1,
  indexes: [
    { fields: ['ownerId', 'createdAt'] },
    { fields: ['id'] },
    { fields: ['tags'], multi: 'exact' },
    { fields: ['words'], multi: 'prefix' },
  ],
};
const ALL = ['leads: id', 'leads: ownerId, createdAt, id', 'leads: tags', 'leads: words'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'indexes '));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function ensured(collection: CollectionDefinition): Promise<void> {
  const store = openEmbeddedReadStore({ folder });
  await store.ensure(collection);
  await store.close();
}

describe('Indexes that an embedded read store lacks', () => {
  it('are none once its collections were made, beside whoever has it open', async () => {
    const store = openEmbeddedReadStore({ folder });
    expect(missingEmbeddedIndexes(folder, [LEADS])).toEqual(ALL);
    await store.ensure(LEADS);
    expect(missingEmbeddedIndexes(folder, [LEADS])).toEqual([]);
    await store.close();
  });

  it('are those that were declared since', async () => {
    await ensured({ ...LEADS, indexes: LEADS.indexes.slice(0, 3) });
    expect(missingEmbeddedIndexes(folder, [LEADS])).toEqual(['leads: words']);
  });

  it('are those that somebody dropped', async () => {
    await ensured(LEADS);
    const connection = openDatabase({ folder });
    connection.exec('DROP INDEX i_leads_1_0');
    connection.exec('DROP TABLE x_leads_1');
    connection.close();
    expect(missingEmbeddedIndexes(folder, [LEADS])).toEqual([ALL[1], ALL[2]]);
  });
});
