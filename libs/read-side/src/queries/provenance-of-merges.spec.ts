import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '#crm';
import { mergeUndone } from '../support/merge-events.js';
import { merge } from '../support/merging.js';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { captured, id } from '../support/sample-events.js';

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side.close());

const lead = (n: number): RecordRef => ({ type: 'lead', id: id(n) });

async function provenance(n: number) {
  const found = await side.queries.provenanceOf({ ...lead(n), access: 'all' });
  const told = (found ?? []).map(({ field, eventType, from, sources, undone }) => [
    field,
    { eventType, ...(from && { from }), ...(sources && { sources }), ...(undone && { undone }) },
  ]);
  return Object.fromEntries(told) as Readonly<Record<string, object>>;
}

describe('the provenance of values', () => {
  it('names the merge that set them and the record they are from, and the undoing that took them back', async () => {
    const own = { phones: ['0912345678'], need: 'Camera' };
    await side.append(`lead-${id(1)}`, captured('lead', own, { tags: ['VIP'] }));
    await side.append(`lead-${id(2)}`, captured('lead', {}, { tags: ['VIP'] }));
    await side.append(`lead-${id(3)}`, captured('lead', {}, { tags: ['Tết'] }));
    const phones = ['0912345678', '0987654321'];
    await merge(side, id(81), lead(1), [lead(2), lead(3)], {
      changes: [
        { field: 'jobTitle', to: 'Kế toán', sources: [lead(3)] },
        { field: 'phones', from: own.phones, to: phones, sources: [lead(1), lead(2)] },
        { field: 'need', from: 'Camera', to: 'Khóa', sources: [lead(2)] },
      ],
      tags: ['Tết'],
      assigned: { from: {}, to: { ownerId: id(9) }, source: lead(2) },
    });
    const of = (n: number) => ({
      eventType: 'LeadRecordsMerged',
      from: { ...lead(n), mergeId: id(81) },
    });
    expect(await provenance(1)).toEqual({
      status: { eventType: 'LeadCaptured' },
      ...{ pipelineId: { eventType: 'LeadCaptured' }, stageId: { eventType: 'LeadCaptured' } },
      'tags.VIP': { eventType: 'LeadCaptured' },
      'tags.Tết': of(3),
      ...{ jobTitle: of(3), need: of(2), ownerId: of(2) },
      phones: { ...of(2), sources: [lead(1), lead(2)] },
    });
    expect(await provenance(2)).toMatchObject({ status: { eventType: 'LeadMergedAway' } });
    const changes = [
      { field: 'jobTitle', from: 'Kế toán' },
      { field: 'need', from: 'Khóa', to: 'Camera' },
    ];
    await side.happen(
      `lead-${id(1)}`,
      mergeUndone(lead(1), id(81), id(91), [lead(2), lead(3)], {
        ...{ changes, tags: ['Tết'], assigned: { from: { ownerId: id(9) }, to: {} } },
      }),
    );
    const after = await provenance(1);
    const undone = { mergeId: id(81), undoId: id(91) };
    expect(after.need).toEqual({ eventType: 'LeadMergeUndone', undone });
    for (const gone of ['jobTitle', 'ownerId', 'tags.Tết']) expect(after).not.toHaveProperty(gone);
  });
});
