import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { openEmbeddedReadStore } from '#read-store';
import { ALL_PROJECTIONS } from '../all-projections.js';
import { createProjectionEngine } from '../engine/engine.js';
import { openStores } from '../support/open-stores.js';
import { appendHistory, HISTORIES } from '../support/random-history.js';
import { id } from '../support/sample-events.js';
import { rebuildReadModels } from './rebuild-read-models.js';
import { verifyReadModels } from './verify-read-models.js';

describe('read models', () => {
  it('are the same whatever the batches in which they were folded', async () => {
    await fc.assert(
      fc.asyncProperty(HISTORIES, fc.integer({ min: 1, max: 20 }), async (steps, batchSize) => {
        const stores = await openStores();
        const { log, readStore } = stores;
        const projections = ALL_PROJECTIONS;
        const engine = createProjectionEngine({ log, readStore, projections, batchSize });
        await engine.start();
        await appendHistory(stores, steps);
        const head = await log.head();
        expect(await engine.waitFor(head, 10_000)).toBe(true);
        await engine.stop();
        const scratch = openEmbeddedReadStore({});
        const verified = await verifyReadModels({ log, readStore, scratch, projections });
        expect(verified).toMatchObject({ position: head, differences: [] });
        expect(verified.documents).toBeGreaterThanOrEqual(3);
        await scratch.close();
        await stores.close();
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('show where they differ from the log, and are mended by a rebuild', async () => {
    const stores = await openStores();
    const { log, readStore } = stores;
    const projections = ALL_PROJECTIONS;
    const engine = createProjectionEngine({ log, readStore, projections });
    await engine.start();
    await appendHistory(stores, [{ kind: 1, record: 0, n: 0 }]);
    await engine.waitFor(await log.head(), 5_000);
    const leads = engine.live('leads');
    await engine.stop();
    const stored = (await readStore.load(leads, [id(1)])).get(id(1));
    await readStore.write({
      writes: [
        { kind: 'remove', collection: leads, id: id(0), position: 100 },
        {
          kind: 'put',
          collection: leads,
          document: { ...stored?.document, id: id(1), source: 'damaged' },
          position: 100,
        },
        { kind: 'put', collection: leads, document: { id: id(9) }, position: 1 },
      ],
      checkpoints: {},
    });
    const verify = async () => {
      const scratch = openEmbeddedReadStore({});
      const { differences } = await verifyReadModels({ log, readStore, scratch, projections });
      await scratch.close();
      return differences.map((difference) => [difference.id, difference.kind]);
    };
    expect(await verify()).toEqual([
      [id(0), 'missing'],
      [id(1), 'different'],
      [id(9), 'unexpected'],
    ]);
    expect(await rebuildReadModels({ log, readStore, projections })).toBe(await log.head());
    expect(await verify()).toEqual([]);
    await stores.close();
  });
});
