import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { CollectionDefinition, ReadStore, Write } from '../read-store.port.js';
import { openEmbeddedReadStore } from './open-embedded-read-store.js';

const LEADS: CollectionDefinition = {
  name: 'leads',
  version: 1,
  indexes: [{ fields: ['n'] }, { fields: ['tags'], multi: 'prefix' }],
};
const BATCHES = 60;

/** What kill -9 and power cuts leave: the file as it was, and of the log no more than some of it. */
describe('the embedded read store after a crash', () => {
  const root = mkdtempSync(join(tmpdir(), 'read store crash '));
  const states: { readonly file: Buffer; readonly log: Buffer; readonly acknowledged: number }[] =
    [];
  let writer: ReadStore;

  beforeAll(async () => {
    const folder = join(root, 'written');
    writer = openEmbeddedReadStore({ folder });
    for (let n = 1; n <= BATCHES; n++) {
      const documents = [
        { id: `d${n}`, n, tags: ['each'], text: 'x'.repeat(n * 50) },
        { id: 'moving', n: -n, tags: [`at ${n}`] },
      ];
      const writes = documents.map(
        (document): Write => ({ kind: 'put', collection: LEADS, document, position: n }),
      );
      await writer.write({ writes, checkpoints: { leads: n } });
      states.push({
        file: readFileSync(join(folder, 'read.db')),
        log: readFileSync(join(folder, 'read.db-wal')),
        acknowledged: n,
      });
    }
  });
  afterAll(async () => {
    await writer.close();
    rmSync(root, { recursive: true, force: true });
  });

  let copies = 0;
  async function reopened<Result>(
    file: Buffer,
    log: Buffer,
    look: (store: ReadStore) => Promise<Result>,
  ) {
    copies += 1;
    const folder = join(root, `copy ${copies}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'read.db'), file);
    writeFileSync(join(folder, 'read.db-wal'), log);
    const recreated: string[] = [];
    const store = openEmbeddedReadStore({ folder, onRecreated: (why) => recreated.push(why) });
    try {
      expect(recreated).toEqual([]);
      return await look(store);
    } finally {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** The checkpoint, after a look at whether documents and both kinds of index agree with it. */
  async function consistentCheckpoint(store: ReadStore): Promise<number> {
    const checkpoint = (await store.checkpoints(['leads'])).get('leads') ?? 0;
    expect(await store.count(LEADS, { n: { $gte: 1 } }, 1_000)).toBe(checkpoint);
    expect(await store.count(LEADS, { tags: 'each' }, 1_000)).toBe(checkpoint);
    expect(await store.count(LEADS, { tags: { $regex: '^at ' } }, 1_000)).toBe(checkpoint && 1);
    expect(await store.count(LEADS, { tags: `at ${checkpoint}` }, 1_000)).toBe(checkpoint && 1);
    return checkpoint;
  }

  it('has every batch that was acknowledged before a kill', async () => {
    for (const { file, log, acknowledged } of states) {
      expect(await reopened(file, log, consistentCheckpoint)).toBe(acknowledged);
    }
  });

  it('has some first batches, and the checkpoint of just these, after a power cut at any byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: BATCHES - 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (index, share) => {
          const state = states[index];
          if (state === undefined) return;
          const log = state.log.subarray(0, Math.floor(state.log.length * share));
          const checkpoint = await reopened(state.file, log, consistentCheckpoint);
          expect(checkpoint).toBeLessThanOrEqual(state.acknowledged);
        },
      ),
      { numRuns: 60 },
    );
  });
});
