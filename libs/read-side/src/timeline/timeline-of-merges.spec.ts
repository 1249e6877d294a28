import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '#crm';
import { mergeReserved, mergeReverted } from '../support/merge-events.js';
import { merge, undo } from '../support/merging.js';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { TEST_ACTOR, type TestEvent } from '../support/open-stores.js';
import { captured, id } from '../support/sample-events.js';

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side.close());

const lead = (n: number): RecordRef => ({ type: 'lead', id: id(n) });
const stream = (n: number) => `lead-${id(n)}`;
const edited = (to: string): TestEvent => ({
  type: 'LeadEdited',
  data: { changes: [{ field: 'need', to }] },
});

async function page(record: RecordRef, limit = 200, cursor?: string, locale: 'en' | 'vi' = 'en') {
  const found = await side.queries.getRecord({ ...record, access: 'all' });
  if (!found) throw new Error('There is no such record.');
  const at = cursor === undefined ? {} : { cursor };
  const accessTo = () => 'all' as const;
  return side.queries.readTimeline({ record: found, locale, accessTo, limit, ...at });
}

/** Who each entry is from, by the last digits of the id, and what it is. */
async function told(record: RecordRef): Promise<readonly (readonly [string, number])[]> {
  const { entries } = await page(record);
  return entries.map(({ type, origin }) => [type, Number((origin?.id ?? record.id).slice(-6))]);
}

async function paged(record: RecordRef, limit: number) {
  const entries = [];
  let longest = 0;
  for (let cursor: string | undefined, more = true; more; ) {
    const found = await page(record, limit, cursor);
    expect(found.entries.length).toBeGreaterThan(0);
    entries.push(...found.entries);
    longest = Math.max(longest, found.next?.length ?? 0);
    cursor = found.next;
    more = cursor !== undefined;
  }
  return { entries, longest };
}

describe('the timeline of a survivor', () => {
  it('interleaves the histories of what was merged into it, each with its origin, and gives them back', async () => {
    await side.append(stream(1), captured('lead', { givenName: 'An' }));
    await side.append(stream(2), captured('lead', { givenName: 'Bình' }));
    await side.append(stream(1), edited('Camera'));
    await side.append(stream(2), edited('Khóa'));
    await merge(side, id(81), lead(1), [lead(2)]);
    const histories = [
      ['LeadEdited', 2],
      ['LeadEdited', 1],
      ['LeadCaptured', 2],
      ['LeadCaptured', 1],
    ] as const;
    const merged = [
      ['LeadMergeCompleted', 1],
      ['LeadMergedAway', 2],
      ['LeadRecordsMerged', 1],
    ] as const;
    expect(await told(lead(1))).toEqual([...merged, ...histories]);
    await undo(side, id(81), id(91), lead(1), [lead(2)]);
    const own = (n: number) => histories.filter(([, from]) => from === n);
    expect(await told(lead(1))).toEqual([
      ['LeadMergeUndoCompleted', 1],
      ['LeadMergeUndone', 1],
      ...merged.filter(([, from]) => from === 1),
      ...own(1),
    ]);
    expect(await told(lead(2))).toEqual([['LeadUnmerged', 2], ['LeadMergedAway', 2], ...own(2)]);
  });

  it('holds those of a whole chain, until a merge further down is undone', async () => {
    for (const n of [1, 2, 3]) await side.append(stream(n), captured('lead', {}));
    await merge(side, id(81), lead(2), [lead(1)]);
    await merge(side, id(82), lead(3), [{ ...lead(2), behind: [lead(1)] }]);
    const from = async (n: number) => new Set((await told(lead(n))).map(([, origin]) => origin));
    expect(await from(3)).toEqual(new Set([3, 2, 1]));
    await undo(side, id(81), id(91), lead(2), [lead(1)]);
    const undoing = { mergeId: id(81), undoId: id(91) };
    const through = { mergeId: id(82), record: lead(2) };
    await side.happen(stream(3), mergeReverted(lead(3), undoing, through, []));
    expect(await from(3)).toEqual(new Set([3, 2]));
    const { entries } = await page(lead(3));
    expect(entries[0]).toMatchObject({ type: 'LeadMergeReverted', links: [{ ...lead(2) }] });
  });

  it('tells whose values a merge took and which were not taken, in the reader’s language', async () => {
    const invited = { name: 'Trần Lan', email: 'lan@example.vn', locale: 'vi', roles: [] };
    await side.append(`user-${TEST_ACTOR.id}`, { type: 'UserInvited', data: invited });
    await side.append(stream(1), captured('lead', { givenName: 'An' }));
    await side.append(stream(2), captured('lead', { givenName: 'Bình', jobTitle: 'Kế toán' }));
    await merge(side, id(81), lead(1), [lead(2)], {
      changes: [{ field: 'need', to: 'Camera', sources: [lead(2)] }],
      tags: ['VIP'],
      assigned: { from: {}, to: { ownerId: TEST_ACTOR.id }, source: lead(2) },
      lost: [
        { record: lead(2), field: 'jobTitle', value: 'Kế toán' },
        { record: lead(1), field: 'custom.budget', value: 5_000 },
        { record: lead(2), field: 'need', value: 'Khóa…', shortened: true },
      ],
      unlistedLost: 7,
    });
    const entry = async (locale: 'en' | 'vi') =>
      (await page(lead(1), 200, undefined, locale)).entries.find(
        ({ type }) => type === 'LeadRecordsMerged',
      );
    expect(await entry('vi')).toMatchObject({
      text: 'Trần Lan đã gộp “Bình” vào tiềm năng này. Thẻ được thêm: “VIP”. Giá trị không được lấy: Chức danh, custom.budget, Nhu cầu.',
      changes: [
        { field: 'need', label: 'Nhu cầu', toText: 'Camera', sources: [lead(2)] },
        { field: 'ownerId', toText: 'Trần Lan' },
      ],
      lost: [
        {
          record: lead(2),
          field: 'jobTitle',
          label: 'Chức danh',
          value: 'Kế toán',
          text: 'Kế toán',
        },
        { record: lead(1), field: 'custom.budget', value: 5_000, text: '5.000' },
        { record: lead(2), field: 'need', value: 'Khóa…', shortened: true },
      ],
      unlistedLost: 7,
      links: [{ ...lead(2), name: 'Bình' }],
    });
    expect((await entry('en'))?.text).toBe(
      'Trần Lan merged “Bình” into this lead. Tags added: “VIP”. Values not taken: Job title, custom.budget, Need.',
    );
    const { keyId } = await side.log.readStream({ stream: stream(1) });
    await side.log.erase(keyId ? [keyId] : []);
    const erased = await entry('en');
    expect(erased).toMatchObject({ erased: true, links: [{ ...lead(2), name: 'Bình' }] });
    expect(erased).not.toHaveProperty('lost');
    expect(JSON.stringify(erased)).not.toContain('Kế toán');
  });

  it('leaves out what only holds records, and fills its pages all the same', async () => {
    const held = Array.from({ length: 30 }, (_, n) => mergeReserved(lead(1), id(n), lead(1)));
    await side.append(stream(1), captured('lead', {}), ...held, edited('a'), ...held, edited('b'));
    await side.happen(stream(1), ...held);
    const { entries } = await paged(lead(1), 2);
    expect(entries.map(({ type }) => type)).toEqual(['LeadEdited', 'LeadEdited', 'LeadCaptured']);
    expect((await page(lead(1), 3)).next).toBeUndefined();
  });

  it('marks activities that came with another record, and loses none that concerns several', async () => {
    for (const n of [1, 2, 3, 4]) await side.append(stream(n), captured('lead', {}));
    await merge(side, id(81), lead(1), [lead(2), lead(3), lead(4)]);
    const planned = (links: readonly RecordRef[]) => ({ kind: 'task', subject: 'Gọi', links });
    const plan = (n: number, links: readonly RecordRef[]) =>
      side.append(`activity-${id(n)}`, { type: 'ActivityPlanned', data: planned(links) });
    await plan(20, [lead(2), lead(3)]);
    await side.append(stream(1), edited('a'));
    await plan(21, [lead(2), lead(1)]);
    await plan(22, [lead(2), lead(3), lead(4)]);
    await side.engine.waitFor(await side.log.head(), 5_000);
    const whole = (await page(lead(1))).entries;
    expect(whole.slice(0, 4).map(({ type, origin }) => [type, origin !== undefined])).toEqual([
      ['ActivityPlanned', true],
      ['ActivityPlanned', false],
      ['LeadEdited', false],
      ['ActivityPlanned', true],
    ]);
    for (const limit of [1, 2, 3, 5]) expect((await paged(lead(1), limit)).entries).toEqual(whole);
  });

  it('pages through hundreds of histories with a short cursor and a few events of each', async () => {
    const count = 260;
    const away = Array.from({ length: count }, (_, n) => lead(1_000 + n));
    await side.append(stream(1), captured('lead', {}));
    for (const { id: one } of away) {
      await side.append(`lead-${one}`, captured('lead', {}), edited('a'), edited('b'), edited('c'));
    }
    await merge(side, id(81), lead(1), away);
    let read = 0;
    const { readStream } = side.log;
    side.log.readStream = async (asked) => {
      const slice = await readStream(asked);
      read += slice.events.length;
      return slice;
    };
    const whole = await paged(lead(1), 200);
    // Each has its capture, three edits and that it was merged away; the survivor its capture, the merge and its completion.
    expect(whole.entries).toHaveLength(count * 5 + 3);
    const positions = whole.entries.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => b - a));
    expect(whole.longest).toBeLessThan(4_000);
    read = 0;
    await page(lead(1), 10);
    expect(read).toBeLessThan(count * 4 + 200);
  }, 60_000);
});
