import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { ReadStore, WriteBatch } from '#read-store';
import { counted, engineTest } from '../support/engine-test.js';

const test = engineTest();

/** Many more documents than a batch, each touched again and again, so that most loads race a write of the same document. */
const DOCUMENTS = 7;
const ROUNDS = 30;

/** A store that is slow to write, as one over a network is; reads see a write only once it is done. */
function slow(store: ReadStore, before: (batch: WriteBatch) => void = () => {}): ReadStore {
  return {
    ...store,
    async write(batch) {
      await sleep(Math.random() * 4);
      before(batch);
      await store.write(batch);
    },
  };
}

async function appendRounds(): Promise<number> {
  let position = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let n = 0; n < DOCUMENTS; n += 1) {
      position = await test.stores.append(`counter-${n}`, counted(round, `${n}`));
    }
  }
  return position;
}

async function expectAllSeen(engine: Awaited<ReturnType<typeof test.started>>): Promise<void> {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  for (let n = 0; n < DOCUMENTS; n += 1) expect(await test.seen(engine, `${n}`)).toEqual(rounds);
}

describe('folding while the batch before is written', () => {
  it('loses nothing that is not written yet', async () => {
    const position = await appendRounds();
    const readStore = slow(test.stores.readStore);
    const engine = await test.started([test.counting('counters')], { readStore, batchSize: 3 });
    expect(await engine.waitFor(position, 10_000)).toBe(true);
    await expectAllSeen(engine);
  });

  it('says that a position is reached when it is written, not when it is folded', async () => {
    const position = await appendRounds();
    let written = -1;
    const readStore = slow(test.stores.readStore, ({ checkpoints }) => {
      written = Math.max(written, checkpoints['counters@1001'] ?? -1);
    });
    const early: number[] = [];
    const engine = await test.started([test.counting('counters')], {
      readStore,
      batchSize: 3,
      onProgress: () => {
        if (engine.reached() > written) early.push(engine.reached());
      },
    });
    await engine.waitFor(position, 10_000);
    expect(early).toEqual([]);
  });

  it('begins again from what is stored when a write fails', async () => {
    const position = await appendRounds();
    let writes = 0;
    const readStore = slow(test.stores.readStore, ({ writes: documents }) => {
      writes += 1;
      if (documents.length > 0 && writes % 9 === 0) throw new Error('The store is away.');
    });
    const engine = await test.started([test.counting('counters')], { readStore, batchSize: 3 });
    expect(await engine.waitFor(position, 20_000)).toBe(true);
    await expectAllSeen(engine);
  });

  it('freezes a document before anything that follows is folded into it', async () => {
    test.fails = ({ data }) => Reflect.get(data, 'n') === 5 && Reflect.get(data, 'of') === '3';
    const position = await appendRounds();
    const readStore = slow(test.stores.readStore);
    const engine = await test.started([test.counting('counters')], { readStore, batchSize: 3 });
    await engine.waitFor(position, 10_000);
    expect(await test.seen(engine, '3')).toEqual([0, 1, 2, 3, 4]);
    expect((await engine.status()).models[0]?.parked).toBe(ROUNDS - 5);
    test.fails = () => false;
    expect(await engine.retryParked('counters')).toEqual({ repaired: 1, stillParked: 0 });
    await expectAllSeen(engine);
  });
});
