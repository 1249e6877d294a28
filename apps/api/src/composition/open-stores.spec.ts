import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createMetrics, type Logger, silentLogger } from '#platform';
import { openStores } from './open-stores.js';

const root = mkdtempSync(join(tmpdir(), 'open stores '));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function opened(folder: string, logger: Logger = silentLogger, use?: 'verify' | 'rebuild') {
  const config = {
    dataFolder: join(root, folder),
    eventStoreUrl: undefined,
    eventStorePrefix: undefined,
    mongoUrl: undefined,
  };
  return openStores(config, { logger, metrics: createMetrics(), ...(use && { use }) });
}

async function append(stores: Awaited<ReturnType<typeof opened>>, recordedAt: string) {
  const event = { id: crypto.randomUUID(), type: 'Tested', data: {}, metadata: { recordedAt } };
  await stores.events.append({ stream: 'settings', expected: 'no_stream', events: [event] });
}

describe('opening the stores', () => {
  it.each(['verify', 'rebuild'] as const)(
    'to %s makes nothing where there is no log',
    async (use) => {
      await expect(opened('typo', silentLogger, use)).rejects.toThrow(/no event log in the folder/);
      expect(existsSync(join(root, 'typo'))).toBe(false);
    },
  );

  it('builds the read models of a folder anew whose log is another', async () => {
    const warnings: string[] = [];
    const logger = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
    for (const recordedAt of ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z']) {
      const first = await opened('moved', logger);
      await append(first, recordedAt);
      await first.close();
      await (await opened('moved', logger)).close();
      for (const name of ['events', 'keys']) {
        for (const end of ['.db', '.db-wal', '.db-shm', '.head']) {
          rmSync(join(root, 'moved', name + end), { force: true });
        }
      }
    }
    const told = 'The read models were those of another log and are built anew.';
    expect(warnings).toEqual([told]);
  });
});
