import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { openEmbeddedReadStore } from '#read-store';
import { ALL_PROJECTIONS } from '../all-projections.js';
import { createProjectionEngine } from '../engine/engine.js';
import { openStores, type TestEvent, type TestStores } from '../support/open-stores.js';
import { captured, converted, id } from '../support/sample-events.js';
import { rebuildReadModels } from './rebuild-read-models.js';
import { verifyReadModels } from './verify-read-models.js';

type Step = { readonly kind: number; readonly record: number; readonly n: number };

const STEPS = fc.array(fc.record({ kind: fc.nat(9), record: fc.nat(2), n: fc.nat(3) }), {
  minLength: 5,
  maxLength: 60,
});

/** A step as an event of a stream; whether a decider would allow it does not matter to folding. */
function eventOf({ kind, record, n }: Step): readonly [string, TestEvent] {
  const lead = `lead-${id(record)}`;
  const links = [{ type: 'lead', id: id(n) }];
  const note = {
    noteId: id(record * 10 + n),
    text: 'Gọi lại',
    from: 'a',
    to: 'b',
    attachments: [],
  };
  const place = (stageId: string) => ({ pipelineId: 'p', stageId });
  const steps: readonly (readonly [string, TestEvent])[] = [
    [lead, { type: 'LeadEdited', data: { changes: [{ field: 'phones', to: [`091234567${n}`] }] } }],
    [lead, { type: 'LeadNoteAdded', data: note }],
    [lead, { type: 'LeadNoteRemoved', data: note }],
    [lead, { type: 'LeadTagged', data: { added: [`${n}`], removed: [`${n + 1}`] } }],
    [lead, { type: 'LeadStageChanged', data: { from: place('a'), to: place(`${n}`), stoodMs: n } }],
    [lead, n > 1 ? { type: 'LeadDeleted', data: {} } : { type: 'LeadRestored', data: {} }],
    [
      lead,
      n > 1 ? { type: 'LeadLost', data: { reason: 'x' } } : { type: 'LeadReopened', data: {} },
    ],
    [lead, converted(id(record * 100 + n), id(6), id(7))],
    [
      `activity-${id(record)}`,
      { type: 'ActivityPlanned', data: { kind: 'task', subject: 's', links } },
    ],
    [
      'settings',
      {
        type: 'GeneralSettingsChanged',
        data: { changes: [{ field: 'phoneRegion', from: 'VN', to: n > 1 ? 'US' : 'VN' }] },
      },
    ],
  ];
  return steps[kind] ?? [lead, captured('lead', {})];
}

async function append(stores: TestStores, steps: readonly Step[]): Promise<void> {
  for (const record of [0, 1, 2]) {
    const fields = { familyName: 'Nguyễn', givenName: `${record}`, phones: ['0912345678'] };
    await stores.append(`lead-${id(record)}`, captured('lead', fields));
  }
  for (const step of steps) await stores.append(...eventOf(step));
}

describe('read models', () => {
  it('are the same whatever the batches in which they were folded', async () => {
    await fc.assert(
      fc.asyncProperty(STEPS, fc.integer({ min: 1, max: 20 }), async (steps, batchSize) => {
        const stores = await openStores();
        const { log, readStore } = stores;
        const projections = ALL_PROJECTIONS;
        const engine = createProjectionEngine({ log, readStore, projections, batchSize });
        await engine.start();
        await append(stores, steps);
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
    await append(stores, [{ kind: 1, record: 0, n: 0 }]);
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
