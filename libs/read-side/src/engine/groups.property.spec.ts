import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { openEmbeddedReadStore, type ReadStore, type WriteBatch } from '#read-store';
import {
  foldOn,
  grouped,
  groupsFromMembers,
  groupsStored,
  MEMBERS,
  openWeighing,
  weighing,
} from '../support/grouping.js';
import type { Projection } from './projection.port.js';

const MEMBER = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const GROUP = fc.constantFrom('k', 'l', 'm');
const EVENTS = fc
  .array(
    fc.record({
      of: fc.uniqueArray(MEMBER, { minLength: 1, maxLength: 2 }),
      groups: fc.uniqueArray(GROUP, { maxLength: 3 }),
      weight: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) =>
    steps.map(({ of, groups, weight }, index) => grouped(index + 1, of, groups, weight)),
  );
const SIZES = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });

/** What of a batch a store without transactions has done when it is cut off. */
const TEAR = fc.record({
  /** Batches that go through before. */
  after: fc.integer({ min: 0, max: 4 }),
  step: fc.constantFrom('ahead', 'writes', 'checkpoints'),
  /** Which of the step's writes were done. */
  done: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  sizes: SIZES,
});
type Tear = typeof TEAR extends fc.Arbitrary<infer Value> ? Value : never;

class CutOff extends Error {}

function tearing(store: ReadStore, tear: Tear): ReadStore {
  let left = tear.after;
  const some = <Item>(items: readonly Item[]) =>
    items.filter((_, index) => tear.done[index % tear.done.length]);
  return {
    ...store,
    async write(batch: WriteBatch) {
      if (left-- > 0) return store.write(batch);
      const { ahead = [], writes } = batch;
      const cut =
        tear.step === 'ahead'
          ? some(ahead)
          : tear.step === 'writes'
            ? [...ahead, ...some(writes)]
            : [...ahead, ...writes];
      await store.write({ writes: cut, checkpoints: {} });
      throw new CutOff();
    },
  };
}

async function expectGroupsOfMembers(store: ReadStore, projection: Projection): Promise<void> {
  const { model } = await openWeighing(store, projection);
  expect(await groupsStored(store, model)).toEqual(await groupsFromMembers(store, model));
}

async function inStore(work: (store: ReadStore) => Promise<void>): Promise<void> {
  const store = openEmbeddedReadStore({});
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

async function unlessCutOff(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof CutOff)) throw error;
  });
}

describe.each(['named', 'meeting'] as const)('groups whose members are %s', (how) => {
  const projection = weighing(() => false, MEMBERS[how]);

  it('are those of the documents, whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(EVENTS, SIZES, (events, sizes) =>
        inStore(async (store) => {
          await foldOn(store, events, sizes, { projection });
          await expectGroupsOfMembers(store, projection);
        }),
      ),
      { numRuns: 200 },
    );
  }, 60_000);

  it('are those of the documents, though each batch is folded while the one before is written', async () => {
    await fc.assert(
      fc.asyncProperty(EVENTS, SIZES, fc.boolean(), (events, sizes, late) =>
        inStore(async (store) => {
          await foldOn(slow(store, late), events, sizes, { projection });
          await expectGroupsOfMembers(store, projection);
        }),
      ),
      { numRuns: 200 },
    );
  }, 60_000);

  it('are not made of what a writer that was overtaken saw of before and of after', async () => {
    const events = [grouped(1, ['a'], ['k']), grouped(2, ['a'], []), grouped(3, ['b'], ['k'])];
    await inStore(async (store) => {
      const paused = pausing(store, how === 'named' ? 'lookUp' : 'find', () =>
        foldOn(store, events, [1], { projection }),
      );
      await foldOn(paused, events, [1], { atMost: 1, projection });
      await expectGroupsOfMembers(store, projection);
    });
  });

  it('are those of the documents, though processes were cut off between and within writes', async () => {
    await fc.assert(
      fc.asyncProperty(
        EVENTS,
        fc.array(TEAR, { minLength: 1, maxLength: 5 }),
        SIZES,
        (events, tears, sizes) =>
          inStore(async (store) => {
            for (const tear of tears) {
              await unlessCutOff(foldOn(tearing(store, tear), events, tear.sizes, { projection }));
            }
            await foldOn(store, events, sizes, { projection });
            await expectGroupsOfMembers(store, projection);
          }),
      ),
      { numRuns: 300 },
    );
  }, 120_000);

  it('are those of the documents, though a writer was overtaken between any two of its steps', async () => {
    const STEPS = ['load', 'lookUp', 'find', 'write'] as const;
    await fc.assert(
      fc.asyncProperty(
        EVENTS,
        SIZES,
        SIZES,
        fc.constantFrom(...STEPS),
        fc.nat(3),
        fc.nat(4),
        (events, sizes, others, step, before, ahead) =>
          inStore(async (store) => {
            let calls = 0;
            const overtake = () => foldOn(store, events, others, { atMost: ahead + 1, projection });
            const paused = pausing(store, step, async () => {
              if (calls++ === before) await overtake();
            });
            // What was overtaken writes one batch more at most: its lease is lost.
            await foldOn(paused, events, sizes, { atMost: before + 1, projection });
            await foldOn(store, events, others, { projection });
            await expectGroupsOfMembers(store, projection);
          }),
      ),
      { numRuns: 300 },
    );
  }, 120_000);
});

/** Writes only after reads had their turn, or in the midst of them. */
function slow(store: ReadStore, late: boolean): ReadStore {
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    ...store,
    async load(...given) {
      await turn();
      return store.load(...given);
    },
    async write({ ahead = [], ...batch }) {
      for (let turns = late ? 6 : 1; turns > 0; turns -= 1) await turn();
      await store.write({ writes: ahead, checkpoints: {} });
      await turn();
      await store.write(batch);
    },
  };
}

function pausing(
  store: ReadStore,
  step: 'load' | 'lookUp' | 'find' | 'write',
  pause: () => Promise<unknown>,
): ReadStore {
  const paused = async (...given: readonly unknown[]) => {
    await pause();
    return Reflect.apply(store[step], store, given);
  };
  return { ...store, [step]: paused };
}
