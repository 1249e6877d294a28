import { NEW_OWNER, OWNER } from '../../test/converting.js';
import { contextWith } from '../../test/given.js';
import { SETTINGS } from '../../test/merge-histories.js';
import { idOf, refusalOf } from '../../test/merge-states.js';
import { createRegister, type Register, visible } from '../../test/merging.js';
import type { RecordState } from '../record/record-state.js';
import { type RecordRef, refOf } from '../record/record-type.js';
import { planMergeUndo } from './plan-merge-undo.js';

const alone = (survivor: RecordState) => ({ survivor, absorbed: [], chain: [] });

/** Two leads, the second merged into the first. */
function pair(first: object, second: object, more: { first?: object; second?: object } = {}) {
  const register = createRegister(SETTINGS);
  const capture = (fields: object, part: object = {}) =>
    register.capture('lead', { source: 'Website', ...fields }, { pipelineId: 'leads', ...part });
  const [a, b] = [capture(first, more.first), capture(second, more.second)];
  const before = [a, b].map((ref) => visible(register.state(ref)));
  const mergeId = register.merge({ records: [a, b] });
  const fields = () => register.state(a).fields;
  return { register, a, b, before, mergeId, fields };
}

describe('Undoing a merge', () => {
  it('brings back both records where nothing changed since', () => {
    const { register, a, b, before, mergeId } = pair(
      { givenName: 'Khương', phones: ['0912 345 678'], description: 'Một' },
      {
        familyName: 'Nguyễn Gia',
        email: 'k@example.vn',
        phones: ['0987 654 321'],
        description: 'Hai',
      },
      { second: { tags: ['VIP'], ownerId: OWNER, custom: { visits: 0, isKnown: false } } },
    );
    const { conflicts, plan } = register.undo(mergeId);
    expect(conflicts).toEqual([]);
    expect(plan).toMatchObject({ mergeId, records: [refOf(b)], tags: ['VIP'], kept: [] });
    expect([a, b].map((ref) => visible(register.state(ref)))).toEqual(before);
  });

  it('leaves what came since', () => {
    const { register, a, mergeId, fields } = pair({ givenName: 'Khương' }, { jobTitle: 'Kế toán' });
    register.edit(a, { need: 'Camera' });
    register.run(a, { kind: 'tag', add: ['Tết'], remove: [] });
    register.undo(mergeId);
    expect(fields()).toEqual({ source: 'Website', givenName: 'Khương', need: 'Camera' });
    expect(register.state(a).tags).toEqual(['Tết']);
  });

  it('takes from a list only what the merge brought, in whatever spelling', () => {
    const { register, a, mergeId, fields } = pair(
      { phones: ['0912 345 678'] },
      { phones: ['0987 654 321', '028 3822 1234'] },
    );
    register.edit(a, { phones: ['+84 987 654 321', '0912 345 678', '0900 111 222'] });
    const { conflicts } = register.undo(mergeId);
    expect(conflicts).toEqual([]);
    expect(fields().phones).toEqual(['0912 345 678', '0900 111 222']);
  });

  it('brings back to a list what a choice had dropped', () => {
    const register = createRegister(SETTINGS);
    const capture = (phone: string) =>
      register.capture('lead', { phones: [phone] }, { pipelineId: 'leads' });
    const [a, b] = [capture('0912 345 678'), capture('0987 654 321')];
    const mergeId = register.merge({ records: [a, b], choices: { phones: b } });
    register.edit(a, { phones: ['0987 654 321', '0900 111 222'] });
    register.undo(mergeId);
    expect(register.state(a).fields.phones).toEqual(['0900 111 222', '0912 345 678']);
  });

  it('takes from a description what the merge joined to it, and leaves what was written since', () => {
    const { register, a, mergeId, fields } = pair({ description: 'Một' }, { description: 'Hai' });
    register.edit(a, { description: 'Một, gọi rồi\n\nHai\n\nBa' });
    register.undo(mergeId);
    expect(fields().description).toBe('Một, gọi rồi\n\nBa');
  });

  it('leaves a tag that was there before, and one that somebody took off', () => {
    const { register, a, mergeId } = pair(
      {},
      {},
      { first: { tags: ['VIP'] }, second: { tags: ['VIP', 'Tết', 'cũ'] } },
    );
    register.run(a, { kind: 'tag', add: [], remove: ['cũ'] });
    expect(register.undo(mergeId).plan.tags).toEqual(['Tết']);
    expect(register.state(a).tags).toEqual(['VIP']);
  });
});

describe('What somebody changed since', () => {
  const changed = () => {
    const given = pair({}, { jobTitle: 'Kế toán', description: 'Hai' });
    given.register.edit(given.a, { jobTitle: 'Giám đốc' });
    return given;
  };
  const conflict = { field: 'jobTitle', current: 'Giám đốc', merged: 'Kế toán' };
  const of = (record: RecordRef) => ({ ...conflict, record: refOf(record) });

  it('is a conflict, and kept', () => {
    const { register, a, mergeId, fields } = changed();
    const { conflicts, plan } = register.undo(mergeId);
    expect(conflicts).toEqual([{ ...of(a), decision: 'keep' }]);
    expect(plan.kept).toEqual(['jobTitle']);
    expect(fields()).toEqual({ source: 'Website', jobTitle: 'Giám đốc' });
  });

  it('is taken back where the caller says so', () => {
    const { register, a, mergeId, fields } = changed();
    const { conflicts, plan } = register.undo(mergeId, { jobTitle: 'revert' });
    expect(conflicts).toEqual([{ ...of(a), decision: 'revert' }]);
    expect([plan.kept, fields()]).toEqual([[], { source: 'Website' }]);
  });

  it('is a conflict in a description whose joined text was rewritten', () => {
    const { register, a, mergeId } = changed();
    register.edit(a, { description: 'Hai, rồi' });
    expect(register.undoing(mergeId).conflicts.map(({ field }) => field)).toEqual([
      'jobTitle',
      'description',
    ]);
  });

  it('is none when it is what was before', () => {
    const { register, a, mergeId } = changed();
    register.edit(a, { jobTitle: null });
    expect(register.undoing(mergeId).conflicts).toEqual([]);
  });

  it('is a conflict of owners too', () => {
    const { register, a, mergeId } = pair({}, {}, { second: { ownerId: OWNER } });
    expect(register.state(a).ownerId).toBe(OWNER);
    register.run(a, { kind: 'assign', ownerId: NEW_OWNER });
    const kept = register.undoing(mergeId);
    expect(kept.conflicts).toEqual([
      { record: refOf(a), field: 'ownerId', current: NEW_OWNER, merged: OWNER, decision: 'keep' },
    ]);
    expect(kept.plan.kept).toEqual(['ownerId']);
    register.undo(mergeId, { ownerId: 'revert' });
    expect(register.state(a).ownerId).toBeUndefined();
  });

  it('has to be there to be decided on', () => {
    const { register, mergeId } = changed();
    const decisions = { jobTitle: 'revert', need: 'revert' } as const;
    const refused = refusalOf(() => register.undoing(mergeId, decisions));
    expect(refused).toMatchObject({ code: 'unknown_conflict', paths: ['conflicts.need'] });
  });
});

describe('A merge can be undone', () => {
  const cases: readonly (readonly [string, (register: Register, survivor: RecordRef) => void])[] = [
    [
      'won',
      (register, ref) =>
        register.run(ref, { kind: 'win', fields: { expectedCloseDate: '2026-05-01' } }),
    ],
    ['lost', (register, ref) => register.run(ref, { kind: 'lose', reason: 'Giá cao' })],
    ['deleted', (register, ref) => register.run(ref, { kind: 'delete' })],
  ];
  it.each(cases)('after the survivor was %s', (_name, happens) => {
    const register = createRegister(SETTINGS);
    const capture = (fields: object) =>
      register.capture('opportunity', fields, { pipelineId: 'sales' });
    const [a, b] = [capture({ name: 'Camera' }), capture({ need: 'Chuông cửa' })];
    const before = visible(register.state(b));
    const mergeId = register.merge({ records: [a, b] });
    happens(register, a);
    const { lifecycle } = register.state(a);
    register.undo(mergeId);
    expect(visible(register.state(b))).toEqual(before);
    expect(register.state(a).fields.need).toBeUndefined();
    expect(register.state(a).lifecycle).toBe(lifecycle);
  });

  it('once', () => {
    const { register, mergeId } = pair({}, {});
    const { plan } = register.undo(mergeId);
    expect(refusalOf(() => register.undo(mergeId))).toMatchObject({
      code: 'already_undone',
      kind: 'conflict',
      facts: { undoId: plan.undoId },
    });
  });

  it('but not one that never was', () => {
    const { register, a } = pair({}, {});
    for (const mergeId of [idOf(99), 'constructor']) {
      const act = () => planMergeUndo(alone(register.state(a)), mergeId, {}, contextWith());
      expect(refusalOf(act)).toMatchObject({ code: 'merge_not_found', kind: 'not-found' });
    }
  });

  it('and made again, as a new merge', () => {
    const { register, a, b, mergeId } = pair({}, { jobTitle: 'Kế toán' });
    register.undo(mergeId);
    const again = register.merge({ records: [a, b] });
    expect(again).not.toBe(mergeId);
    register.undo(again);
    expect(register.state(b).lifecycle).toBe('live');
  });

  it('though the survivor was erased since, touching nothing that was written after', () => {
    const { register, a, mergeId } = pair({}, { jobTitle: 'Kế toán', description: 'Hai' });
    const state = register.state(a);
    const merge = state.merges[mergeId];
    if (!merge) throw new Error('There is no merge.');
    const part = { ...merge.part, changes: merge.part.changes.map(({ field }) => ({ field })) };
    const erased = {
      ...state,
      fields: { description: 'Mới' },
      merges: { [mergeId]: { ...merge, part } },
    };
    const { plan, conflicts } = planMergeUndo(alone(erased), mergeId, {}, contextWith());
    expect([plan.changes, conflicts]).toEqual([[], []]);
  });

  it('telling the owners of those that come back, but nobody of their own doing', () => {
    const { register, b, mergeId } = pair({}, {}, { second: { ownerId: OWNER } });
    expect(register.undoing(mergeId).plan.notices).toMatchObject([
      { recipientId: OWNER, records: [refOf(b)] },
    ]);
  });
});

describe('Of several merges into one record, undoing an older one', () => {
  function three(first: object, second: object, third: object, parts: readonly object[] = []) {
    const register = createRegister(SETTINGS);
    const [a, b, c] = [first, second, third].map((fields, index) =>
      register.capture(
        'opportunity',
        { situation: 'Mới', ...fields },
        { pipelineId: 'sales', ...parts[index] },
      ),
    ) as [RecordRef, RecordRef, RecordRef];
    const older = register.merge({ records: [a, b] });
    const newer = register.merge({ records: [a, c] });
    return { register, a, b, c, older, newer };
  }
  const PHONE = '0912 345 678';

  it('leaves a phone, a tag, a text and an owner that the newer one brought as well', () => {
    const both = { phones: [PHONE], description: 'Gọi lại.' };
    const theirs = { tags: ['VIP'], ownerId: OWNER };
    const { register, a, older, newer } = three({}, both, both, [{}, theirs, theirs]);
    expect(register.undo(older).conflicts).toEqual([]);
    expect(register.state(a)).toMatchObject({ fields: both, tags: ['VIP'], ownerId: OWNER });
    register.undo(newer);
    expect(visible(register.state(a))).toMatchObject({ fields: { situation: 'Mới' }, tags: [] });
    expect(register.state(a).ownerId).toBeUndefined();
  });

  it('takes a text from between others', () => {
    const texts = ['Một', 'Hai', 'Ba'].map((description) => ({ description }));
    const { register, a, older, newer } = three(texts[0] ?? {}, texts[1] ?? {}, texts[2] ?? {});
    register.undo(older);
    expect(register.state(a).fields.description).toBe('Một\n\nBa');
    register.undo(newer);
    expect(register.state(a).fields.description).toBe('Một');
  });

  it('lets the value of the newer one take its place', () => {
    const { register, a, older, newer } = three({}, { need: 'Camera' }, { need: 'Chuông cửa' });
    register.undo(older);
    expect(register.state(a).fields.need).toBe('Chuông cửa');
    register.undo(newer);
    expect(register.state(a).fields.need).toBeUndefined();
  });

  it('leaves a higher priority of the newer one, which then is taken back to the survivor’s', () => {
    const priorities = ['Thấp', 'Cao', 'Khẩn'].map((priority) => ({ priority }));
    const { register, a, older, newer } = three(
      priorities[0] ?? {},
      priorities[1] ?? {},
      priorities[2] ?? {},
    );
    expect(register.undo(older).conflicts).toEqual([]);
    expect(register.state(a).fields.priority).toBe('Khẩn');
    register.undo(newer);
    expect(register.state(a).fields.priority).toBe('Thấp');
  });

  it('leaves nothing of the newer one when its records are not known', () => {
    const { register, a, b, older } = three({}, { phones: [PHONE] }, { phones: [PHONE] });
    const found = { ...alone(register.state(a)), absorbed: [register.state(b)] };
    const undoing = planMergeUndo(found, older, {}, contextWith());
    expect(undoing.plan.changes).toEqual([{ field: 'phones', from: [PHONE] }]);
  });
});
