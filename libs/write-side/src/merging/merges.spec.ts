import { randomUUID } from 'node:crypto';
import type { RecordRef, RecordType } from '#crm';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';

describe('Merging', () => {
  let workshop: Workshop;
  beforeEach(async () => {
    workshop = await openWorkshop({ patienceMs: 200 });
  });
  afterEach(() => workshop.close());

  const record = async (
    type: RecordType,
    fields: Record<string, string>,
    tags: string[] = [],
  ): Promise<RecordRef> => ({ type, id: await captured(workshop, type, fields, { tags }) });
  const stateOf = async ({ type, id }: RecordRef) => {
    const found = (await workshop.all(type)).find((state) => state.id === id);
    if (!found) throw new Error('There is no such record.');
    return found;
  };
  const merge = (records: readonly RecordRef[], more = {}) =>
    workshop.merges.merge({ request: { records, ...more } }, envelope());
  const edit = ({ type, id }: RecordRef, fields: Record<string, string | null>) =>
    workshop.records.handle(type, id, { kind: 'edit', fields, custom: {} }, envelope());

  it('does what the preview said, under the basis that the preview gave', async () => {
    const first = await record('lead', { givenName: 'Khương' }, ['VIP']);
    const second = await record('lead', { givenName: 'K', email: 'khuong@example.vn' }, ['Tết']);
    const request = { records: [second, first] };
    const preview = await workshop.merges.preview(request, envelope());
    expect((await stateOf(second)).lifecycle).toBe('live');
    const { basis } = preview;
    const merged = await workshop.merges.merge({ request, basis }, envelope());
    expect(merged.survivor).toEqual(first);
    expect(await stateOf(first)).toMatchObject({
      fields: { givenName: 'Khương', email: 'khuong@example.vn' },
      tags: ['VIP', 'Tết'],
      absorbed: [{ ...second, mergeId: merged.id }],
    });
    expect(await stateOf(second)).toMatchObject({ lifecycle: 'merged', mergedInto: first });
  });

  it('is refused when something that matters changed since the preview, and leaves nothing held', async () => {
    const first = await record('lead', { givenName: 'Khương' });
    const second = await record('lead', { givenName: 'K' });
    const request = { records: [first, second] };
    const { basis } = await workshop.merges.preview(request, envelope());
    await edit(second, { email: 'khuong@example.vn' });
    const stale = workshop.merges.merge({ request, basis }, envelope());
    await expect(stale).rejects.toMatchObject({ kind: 'conflict', code: 'stale_preview' });
    expect((await stateOf(first)).reservation).toBeUndefined();
    await edit(second, { givenName: 'Khương' });
  });

  it('answers a repeat with its first outcome, and refuses another content under the key', async () => {
    const first = await record('lead', { givenName: 'Khương' });
    const second = await record('lead', { givenName: 'K' });
    const command = { request: { records: [first, second] } };
    const under = envelope({ fresh: false, commandHash: 'one' });
    const once = await workshop.merges.merge(command, under);
    const twice = await workshop.hire().merges.merge(command, under);
    expect(twice).toEqual(once);
    await edit(first, { givenName: 'Khương Duy' });
    expect(await workshop.merges.merge(command, under)).toEqual(once);
    const other = workshop.merges.merge(command, { ...under, commandHash: 'other' });
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('has its key for itself: another selection under it is refused, and changes nothing', async () => {
    const [first, second] = [
      await record('lead', { givenName: 'K' }),
      await record('lead', { givenName: 'K' }),
    ];
    const [third, fourth] = [
      await record('lead', { givenName: 'K' }),
      await record('lead', { givenName: 'K' }),
    ];
    const under = envelope({ fresh: false, commandHash: 'one' });
    await workshop.merges.merge({ request: { records: [first, second] } }, under);
    const other = workshop
      .hire()
      .merges.merge({ request: { records: [third, fourth] } }, { ...under, commandHash: 'other' });
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    expect((await stateOf(third)).reservation).toBeUndefined();
    expect((await stateOf(fourth)).lifecycle).toBe('live');
  });

  it('lets one of two overlapping merges win, in whatever process', async () => {
    const records = await Promise.all(
      Array.from({ length: 4 }, (_, index) => record('lead', { givenName: `K${index}` })),
    );
    const [a, b, c, d] = records as [RecordRef, RecordRef, RecordRef, RecordRef];
    const other = workshop.hire();
    const outcomes = await Promise.allSettled([
      workshop.merges.merge({ request: { records: [a, b, c] } }, envelope()),
      other.merges.merge({ request: { records: [b, c, d], survivor: d } }, envelope()),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const states = await workshop.all('lead');
    expect(states.filter(({ lifecycle }) => lifecycle === 'live')).toHaveLength(2);
    expect(states.every(({ reservation }) => reservation === undefined)).toBe(true);
  });

  it('never makes a ring of two merges that each take the other survivor', async () => {
    for (let round = 0; round < 5; round++) {
      const a = await record('lead', { givenName: 'A' });
      const b = await record('lead', { givenName: 'B' });
      const outcomes = await Promise.allSettled([
        workshop.merges.merge({ request: { records: [a, b], survivor: a } }, envelope()),
        workshop.hire().merges.merge({ request: { records: [a, b], survivor: b } }, envelope()),
      ]);
      const won = outcomes.filter(({ status }) => status === 'fulfilled');
      expect(won).toHaveLength(1);
      const lives = [await stateOf(a), await stateOf(b)].map(({ lifecycle }) => lifecycle);
      expect(lives.sort()).toEqual(['live', 'merged']);
    }
  });

  it('names the living end of a chain when it refuses a command', async () => {
    const [a, b, c] = [
      await record('lead', { givenName: 'A' }),
      await record('lead', { givenName: 'B' }),
      await record('lead', { givenName: 'C' }),
    ] as const;
    await merge([a, b], { survivor: b });
    await merge([b, c], { survivor: c });
    await expect(edit(a, { givenName: 'X' })).rejects.toMatchObject({
      code: 'record_merged',
      facts: { survivor: c },
    });
    await expect(merge([a, c])).rejects.toMatchObject({
      code: 'record_merged',
      facts: { survivor: c },
    });
  });

  it('is undone: each has its own again, and what came since stays with the survivor', async () => {
    const a = await record('lead', { givenName: 'A', email: 'a@example.vn' }, ['một']);
    const b = await record('lead', { givenName: 'B', jobTitle: 'Giám đốc' }, ['hai']);
    const before = [await stateOf(a), await stateOf(b)];
    const { id } = await merge([a, b]);
    await edit(a, { need: 'Camera' });
    const preview = await workshop.undoing.preview(id, {}, envelope());
    expect(preview.conflicts).toEqual([]);
    expect(preview.stays.map(({ type }) => type)).toEqual(['LeadEdited']);
    const { basis } = preview;
    await workshop.undoing.undo(id, { decisions: {}, basis }, envelope());
    const [first, second] = [await stateOf(a), await stateOf(b)];
    expect(first).toMatchObject({ tags: ['một'], absorbed: [] });
    expect(first.fields).toEqual({ ...before[0]?.fields, need: 'Camera' });
    expect(second.fields).toEqual(before[1]?.fields);
    expect(second).toMatchObject({ lifecycle: 'live', tags: ['hai'] });
    const again = workshop.undoing.undo(id, { decisions: {} }, envelope());
    await expect(again).rejects.toMatchObject({ code: 'already_undone' });
    await merge([a, b]);
    expect((await stateOf(b)).lifecycle).toBe('merged');
  });

  it('is undone within a chain: what came through it goes from the end of the chain too', async () => {
    const a = await record('lead', { givenName: 'A', jobTitle: 'Giám đốc' }, ['một']);
    const b = await record('lead', { givenName: 'B' });
    const c = await record('lead', { email: 'c@example.vn' });
    const inner = await merge([a, b], { survivor: b });
    const outer = await merge([b, c], { survivor: c });
    expect((await stateOf(c)).fields).toMatchObject({ givenName: 'B', jobTitle: 'Giám đốc' });
    await workshop.undoing.undo(inner.id, { decisions: {} }, envelope());
    expect((await stateOf(c)).fields).toEqual({ givenName: 'B', email: 'c@example.vn' });
    expect((await stateOf(c)).tags).toEqual([]);
    expect(await stateOf(a)).toMatchObject({ lifecycle: 'live', tags: ['một'] });
    await workshop.undoing.undo(outer.id, { decisions: {} }, envelope());
    expect((await stateOf(c)).fields).toEqual({ email: 'c@example.vn' });
    expect(await stateOf(b)).toMatchObject({ lifecycle: 'live', fields: { givenName: 'B' } });
  });

  it('says that there is no such merge', async () => {
    const undo = workshop.undoing.undo(randomUUID(), { decisions: {} }, envelope());
    await expect(undo).rejects.toMatchObject({ kind: 'not-found', code: 'merge_not_found' });
  });
});
