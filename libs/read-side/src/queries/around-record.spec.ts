import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '#crm';
import { recordsMerged } from '../support/merge-events.js';
import { merge, undo } from '../support/merging.js';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import type { TestEvent } from '../support/open-stores.js';
import { captured, id } from '../support/sample-events.js';
import { MOST_BEHIND } from './records-behind.js';

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side.close());

const lead = (n: number): RecordRef => ({ type: 'lead', id: id(n) });
const FILE = { name: 'a.pdf', mediaType: 'application/pdf', size: 1, sha256: '00' };
const noted = (n: number, files: readonly object[] = []): TestEvent => ({
  type: 'LeadNoteAdded',
  data: { noteId: id(n), text: `${n}`, attachments: files },
});

async function record({ type, id: of }: RecordRef) {
  const found = await side.queries.getRecord({ type, id: of, access: 'all' });
  if (!found) throw new Error('There is no such record.');
  return found;
}

async function notes(of: RecordRef, limit = 200) {
  const ids: string[] = [];
  for (let cursor: string | undefined, more = true; more; ) {
    const at = cursor === undefined ? {} : { cursor };
    const page = await side.queries.listNotes({ record: await record(of), limit, ...at });
    ids.push(...page.documents.map((note) => note.id));
    cursor = page.next;
    more = cursor !== undefined;
  }
  return ids;
}

describe('what is around a record', () => {
  it('holds notes and activities of what was merged into it, and no longer when that is undone', async () => {
    for (const n of [1, 2]) await side.append(`lead-${id(n)}`, captured('lead', {}), noted(10 + n));
    const planned = { kind: 'task', subject: 'Gọi lại', links: [lead(2)] };
    await side.append(`activity-${id(20)}`, { type: 'ActivityPlanned', data: planned });
    await merge(side, id(81), lead(1), [lead(2)]);
    await side.happen(`lead-${id(1)}`, noted(13));
    expect(await notes(lead(1))).toEqual([id(13), id(12), id(11)]);
    const activities = async (of: RecordRef) =>
      (await side.queries.listActivitiesOf({ record: await record(of) })).documents;
    expect(await activities(lead(1))).toMatchObject([{ id: id(20), links: [lead(1)] }]);
    await undo(side, id(81), id(91), lead(1), [lead(2)]);
    expect(await notes(lead(1))).toEqual([id(13), id(11)]);
    expect(await notes(lead(2))).toEqual([id(12)]);
    expect([await activities(lead(1)), await activities(lead(2))]).toMatchObject([
      [],
      [{ id: id(20) }],
    ]);
  });

  it('follows a conversion to the survivor and what is behind that', async () => {
    for (const n of [1, 2]) await side.append(`lead-${id(n)}`, captured('lead', {}), noted(10 + n));
    await merge(side, id(81), lead(1), [lead(2)]);
    const origin = { ...lead(1), conversionId: id(5) };
    await side.happen(`contact-${id(3)}`, captured('contact', {}, { origin }));
    const contact: RecordRef = { type: 'contact', id: id(3) };
    expect(await notes(contact)).toEqual([id(12), id(11)]);
    const { documents } = await side.queries.recordsBehind(await record(contact));
    expect(documents.map((one) => one.id)).toEqual([id(1), id(2)]);
    await undo(side, id(81), id(91), lead(1), [lead(2)]);
    expect(await notes(contact)).toEqual([id(11)]);
  });

  it('tells notes with files from those without', async () => {
    await side.append(`lead-${id(1)}`, captured('lead', {}), noted(11), noted(12, [FILE]));
    await side.happen(`lead-${id(1)}`, noted(13, [{ ...FILE, id: id(8) }]));
    const page = await side.queries.listNotes({ record: await record(lead(1)), withFiles: true });
    expect(page.documents.map((note) => note.id)).toEqual([id(13)]);
  });

  it('is whole for hundreds of records, and says so when there are more than are looked into', async () => {
    const away = (count: number, first: number) =>
      Array.from({ length: count }, (_, n) => lead(first + n));
    const some = away(MOST_BEHIND, 1_000);
    await side.append(`lead-${id(1)}`, captured('lead', {}));
    for (const { id: one } of [some[0], some[250], some[MOST_BEHIND - 1]] as RecordRef[]) {
      await side.append(`lead-${one}`, captured('lead', {}), noted(Number(one.slice(-6)) + 9_000));
    }
    await side.happen(`lead-${id(1)}`, recordsMerged(lead(1), id(81), some));
    const all = [id(10_499), id(10_250), id(10_000)];
    expect(await notes(lead(1))).toEqual(all);
    expect(await notes(lead(1), 1)).toEqual(all);
    const whole = await side.queries.listNotes({ record: await record(lead(1)) });
    expect(whole).not.toHaveProperty('incomplete');
    await side.happen(`lead-${id(1)}`, recordsMerged(lead(1), id(82), away(1, 2_000)));
    const query = { record: await record(lead(1)) };
    const more = await side.queries.listNotes(query);
    // The nearest and latest first: what is left out is what was merged longest ago.
    expect(more.documents.map((note) => note.id)).toEqual([id(10_499), id(10_250)]);
    const accessTo = () => 'all' as const;
    const timeline = await side.queries.readTimeline({ ...query, locale: 'en', accessTo });
    const activities = await side.queries.listActivitiesOf(query);
    expect([more, timeline, activities].map(({ incomplete }) => incomplete)).toEqual([
      ...[true, true, true],
    ]);
  }, 30_000);
});
