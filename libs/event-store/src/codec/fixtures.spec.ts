import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEvent } from '#crm';
import { checkFixtures } from './fixtures.js';

describe('Checking fixtures', () => {
  const rated = {
    ...defineEvent('LeadRated', 'The lead was rated.'),
    version: 2,
    upcasters: { 1: ({ stars }: { stars?: unknown }) => ({ score: Number(stars) * 20 }) },
  };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fixtures '));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const put = (name: string, type: string, schemaVersion: number, data: object) =>
    writeFileSync(join(folder, name), JSON.stringify({ type, schemaVersion, data }));

  it('names every version without a file', () => {
    put('LeadRated.v2.json', 'LeadRated', 2, { score: 20 });
    const { missing, stray } = checkFixtures([rated], folder);
    expect(missing).toEqual(['LeadRated.v1.json']);
    expect(stray).toEqual([]);
  });

  it('reads every version in the current shape', () => {
    put('LeadRated.v1.json', 'LeadRated', 1, { stars: 4 });
    put('LeadRated.v2.json', 'LeadRated', 2, { score: 80 });
    const { missing, decoded } = checkFixtures([rated], folder);
    expect(missing).toEqual([]);
    for (const event of decoded.values()) expect(event.data).toEqual({ score: 80 });
    expect(decoded.size).toBe(2);
  });

  it('names files that belong to nothing, or are not what they are called', () => {
    put('LeadRated.v1.json', 'LeadRated', 2, { score: 80 });
    put('LeadRated.v2.json', 'LeadRated', 2, { score: 80 });
    put('LeadRated.v3.json', 'LeadRated', 3, {});
    put('Gone.v1.json', 'Gone', 1, {});
    const { stray } = checkFixtures([rated], folder);
    expect(stray).toEqual(['Gone.v1.json', 'LeadRated.v1.json', 'LeadRated.v3.json']);
  });

  it('misses everything in a folder that does not exist', () => {
    expect(checkFixtures([rated], join(folder, 'none')).missing).toHaveLength(2);
  });
});
