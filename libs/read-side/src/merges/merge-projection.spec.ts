import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  mergeCompleted,
  mergeReserved,
  mergeUndone,
  recordsMerged,
} from '../support/merge-events.js';
import { merge, undo } from '../support/merging.js';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { TEST_ACTOR } from '../support/open-stores.js';
import { captured, id } from '../support/sample-events.js';

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
  for (const n of [1, 2, 3]) await side.append(`lead-${id(n)}`, captured('lead', {}));
});
afterEach(() => side.close());

const lead = (n: number) => ({ type: 'lead', id: id(n) }) as const;
const STREAM = `lead-${id(1)}`;
const MERGE = id(70);
const UNDO = id(71);

describe('the read model of merges', () => {
  it('tells what a merge did and how it stands, until its undoing is complete', async () => {
    const definition = { recordType: 'lead', key: 'budget', type: 'number' };
    await side.happen(
      STREAM,
      mergeReserved(lead(1), MERGE, lead(1)),
      recordsMerged(lead(1), MERGE, [lead(2), lead(3)], {
        changes: [{ field: 'need', to: 'Camera', sources: [lead(2)] }],
        definitions: [definition as never],
      }),
    );
    const begun = await side.queries.getMerge(MERGE);
    expect(begun).toMatchObject({
      ...{ survivor: lead(1), records: [lead(2), lead(3)], by: TEST_ACTOR.id },
      policy: { name: 'first-created', version: 1 },
      ...{ changedFields: ['need'], addedFields: ['lead.budget'], completed: false },
    });
    const pending = async () => (await side.queries.pendingMerges(10)).map((one) => one.id);
    expect(await pending()).toEqual([MERGE]);
    await side.happen(STREAM, mergeCompleted(lead(1), MERGE));
    expect(await pending()).toEqual([]);
    const kept = { kept: ['need'] };
    await side.happen(STREAM, mergeUndone(lead(1), MERGE, UNDO, [lead(2), lead(3)], kept));
    expect(await pending()).toEqual([MERGE]);
    const data = { mergeId: MERGE, undoId: UNDO };
    await side.happen(STREAM, { type: 'LeadMergeUndoCompleted', data });
    expect(await pending()).toEqual([]);
    expect(await side.queries.getMerge(MERGE)).toMatchObject({
      completed: true,
      undo: { id: UNDO, by: TEST_ACTOR.id, ...kept, completed: true },
    });
  });

  it('waits for nothing more of a merge that was undone before it was complete', async () => {
    await side.append(STREAM, recordsMerged(lead(1), MERGE, [lead(2)]));
    await undo(side, MERGE, UNDO, lead(1), [lead(2)]);
    expect(await side.queries.pendingMerges(10)).toEqual([]);
  });

  it('is not begun by a merge that only holds its records', async () => {
    await side.happen(STREAM, mergeReserved(lead(1), MERGE, lead(1)));
    expect(await side.queries.getMerge(MERGE)).toBeUndefined();
  });

  it('lists merges newest first, by who took part and how, by whom and when', async () => {
    await merge(side, id(81), lead(1), [lead(2)]);
    await merge(side, id(82), lead(3), [lead(1)]);
    const listed = async (query: Parameters<typeof side.queries.listMerges>[0]) =>
      (await side.queries.listMerges(query)).documents.map((one) => one.id);
    expect(await listed({})).toEqual([id(82), id(81)]);
    expect(await listed({ record: lead(1) })).toEqual([id(82), id(81)]);
    expect(await listed({ record: lead(1), as: 'survivor' })).toEqual([id(81)]);
    expect(await listed({ record: lead(1), as: 'merged' })).toEqual([id(82)]);
    expect(await listed({ record: { type: 'contact', id: id(1) } })).toEqual([]);
    expect(await listed({ by: TEST_ACTOR.id, from: '2026-01-01T00:00:00.000Z' })).toHaveLength(2);
    expect(await listed({ until: '2026-01-01T00:00:00.000Z' })).toEqual([]);
  });
});
