import { NEW_OWNER, OWNER } from '../../test/converting.js';
import { SETTINGS } from '../../test/merge-histories.js';
import { refusalOf } from '../../test/merge-states.js';
import { createRegister, visible } from '../../test/merging.js';
import { type RecordRef, refOf } from '../record/record-type.js';
import { mergeUndoBasis } from './merge-basis.js';

/** A merged into B, B into C. */
function chain(a: object, b: object, c: object, parts: readonly object[] = []) {
  const register = createRegister(SETTINGS);
  const refs = [a, b, c].map((fields, index) =>
    register.capture(
      'lead',
      { source: 'Website', ...fields },
      { pipelineId: 'leads', ...parts[index] },
    ),
  ) as [RecordRef, RecordRef, RecordRef];
  const before = refs.map((ref) => visible(register.state(ref)));
  const inner = register.merge({ records: [refs[0], refs[1]], survivor: refs[1] });
  const outer = register.merge({ records: [refs[1], refs[2]], survivor: refs[2] });
  const shown = () => refs.map((ref) => visible(register.state(ref)));
  return { register, refs, before, inner, outer, shown };
}

const FULL = {
  a: {
    givenName: 'An',
    email: 'a@example.vn',
    phones: ['0912 345 678', '028 3822 1234'],
    description: 'Của A',
    products: ['Đầu ghi'],
    address: { city: 'Huế' },
  },
  b: {
    givenName: 'Bình',
    email: 'b@example.vn',
    phones: ['+84 912 345 678'],
    description: 'Của B',
  },
  c: { phones: ['0987 654 321'], otherEmails: ['c@example.vn'], description: 'Của C' },
  parts: [
    { tags: ['A', 'chung'], ownerId: OWNER, custom: { visits: 0, isKnown: false } },
    { tags: ['chung'], custom: { visits: 3 } },
    { tags: ['C'] },
  ],
};
const full = () => chain(FULL.a, FULL.b, FULL.c, FULL.parts);

describe('A chain of merges, A into B and B into C,', () => {
  it.each([['the inner first'], ['the outer first']])('is undone %s, to the same end', (order) => {
    const { register, before, inner, outer, shown } = full();
    const merges = order === 'the inner first' ? [inner, outer] : [outer, inner];
    for (const mergeId of merges) expect(register.undo(mergeId).conflicts).toEqual([]);
    expect(shown()).toEqual(before);
  });

  it('shows in C what B alone would have brought, once the inner is undone', () => {
    const { register, refs, inner } = full();
    const [a, b, c] = refs;
    register.undo(inner);
    const { fields, custom, tags, ownerId, absorbed } = register.state(c);
    expect({ fields, custom, tags, ownerId }).toEqual({
      fields: {
        source: 'Website',
        givenName: 'Bình',
        email: 'b@example.vn',
        otherEmails: ['c@example.vn'],
        phones: ['0987 654 321', '+84 912 345 678'],
        description: 'Của C\n\nCủa B',
      },
      custom: { visits: 3 },
      tags: ['C', 'chung'],
      ownerId: undefined,
    });
    expect(absorbed).toMatchObject([{ ...refOf(b), behind: [] }]);
    expect(register.state(a).lifecycle).toBe('live');
    expect(register.state(b)).toMatchObject({ lifecycle: 'merged', mergedInto: refOf(c) });
  });

  it('leaves B its own when the outer is undone, and A behind it', () => {
    const { register, refs, before, outer } = full();
    const [a, b, c] = refs;
    register.undo(outer);
    expect(visible(register.state(c))).toEqual(before[2]);
    expect(register.state(b)).toMatchObject({ lifecycle: 'live', absorbed: [refOf(a)] });
    expect(register.state(a)).toMatchObject({ lifecycle: 'merged', mergedInto: refOf(b) });
  });
});

describe('Undoing the inner merge of a chain', () => {
  it('leaves the choice of a custom field that was retired since to the rules', () => {
    const register = createRegister(SETTINGS);
    const [a, b, c] = [1, 2, 3].map((visits) =>
      register.capture('lead', { source: 'Website' }, { pipelineId: 'leads', custom: { visits } }),
    ) as [RecordRef, RecordRef, RecordRef];
    const inner = register.merge({ records: [a, b], survivor: b });
    register.merge({ records: [b, c], survivor: c, choices: { 'custom.visits': b } });
    register.retire('visits');
    register.undo(inner);
    expect(register.state(a).lifecycle).toBe('live');
    expect(register.state(c).custom).toEqual({ visits: 2 });
  });

  it('takes no value from C that C has of its own', () => {
    const { register, refs, inner } = chain({ need: 'Camera' }, {}, { need: 'Chuông cửa' });
    register.undo(inner);
    expect(register.state(refs[2]).fields.need).toBe('Chuông cửa');
  });

  it('keeps what somebody changed in C since, and says so', () => {
    const { register, refs, inner } = chain({ need: 'Camera' }, {}, {});
    register.edit(refs[2], { need: 'Khóa' });
    register.undo(inner);
    expect(register.state(refs[2]).fields.need).toBe('Khóa');
    const reverted = register.events(refs[2]).find(({ type }) => type === 'LeadMergeReverted');
    expect(reverted?.data).toMatchObject({ kept: ['need'], changes: [] });
  });

  it('takes entries of lists and texts from what somebody changed in C since', () => {
    const { register, refs, inner } = chain(
      { phones: ['0912 345 678'], description: 'Của A' },
      { phones: ['0987 654 321'], description: 'Của B' },
      { description: 'Của C' },
    );
    register.edit(refs[2], {
      phones: ['0900 111 222', '0987 654 321', '0912 345 678'],
      description: 'Của C, gọi rồi\n\nCủa B\n\nCủa A',
    });
    register.undo(inner);
    expect(register.state(refs[2]).fields).toMatchObject({
      phones: ['0900 111 222', '0987 654 321'],
      description: 'Của C, gọi rồi\n\nCủa B',
    });
  });

  it('gives C the owner that B brings by itself, unless somebody assigned it since', () => {
    const parts = [{ ownerId: OWNER }, {}, {}];
    const { register, refs, inner } = chain({}, {}, {}, parts);
    register.undo(inner);
    expect(register.state(refs[2]).ownerId).toBeUndefined();
    const other = chain({}, {}, {}, parts);
    other.register.run(other.refs[2], { kind: 'assign', ownerId: NEW_OWNER });
    other.register.undo(other.inner);
    expect(other.register.state(other.refs[2]).ownerId).toBe(NEW_OWNER);
  });

  it('lets the outer be undone without a conflict afterwards', () => {
    const { register, before, inner, outer, shown } = chain(
      { need: 'Camera', priority: undefined },
      { jobTitle: 'Kế toán' },
      {},
    );
    register.undo(inner);
    expect(register.undo(outer).conflicts).toEqual([]);
    expect(shown()).toEqual(before);
  });

  it('goes up a chain of any length', () => {
    const { register, refs, before, inner, outer, shown } = full();
    const end = register.capture('lead', { source: 'Hội chợ' }, { pipelineId: 'leads' });
    const last = register.merge({ records: [refs[2], end], survivor: end });
    expect(register.state(end)).toMatchObject({ custom: { visits: 3 }, tags: ['C', 'chung', 'A'] });
    register.undo(inner);
    expect(register.state(end)).toMatchObject({
      tags: ['C', 'chung'],
      absorbed: [{ ...refOf(refs[2]), behind: [refOf(refs[1])] }],
    });
    expect(register.state(end).custom.isKnown).toBeUndefined();
    register.undo(last);
    register.undo(outer);
    expect(shown()).toEqual(before);
    expect(visible(register.state(end)).fields).toEqual({ source: 'Hội chợ' });
  });

  it('keeps among the others an e-mail that is no longer the record’s own, but somebody’s still', () => {
    const register = createRegister(SETTINGS);
    const capture = (fields: object) =>
      register.capture('lead', { source: 'Website', ...fields }, { pipelineId: 'leads' });
    const a = capture({ email: 'a@example.vn' });
    const b = capture({});
    const c = capture({ otherEmails: ['e@example.vn'] });
    const both = [capture({ email: 'e@example.vn' }), capture({ email: 'A@example.vn' })];
    const inner = register.merge({ records: [a, b], survivor: b });
    register.merge({ records: [b, c, ...both], survivor: c });
    expect(register.state(c).fields.email).toBe('a@example.vn');
    register.undo(inner);
    expect(register.state(c).fields).toMatchObject({
      email: 'e@example.vn',
      otherEmails: ['e@example.vn', 'A@example.vn'],
    });
  });

  it('counts what stood beside B in the outer merge, and what came with a later one', () => {
    const register = createRegister(SETTINGS);
    const capture = (fields: object, part: object = {}) =>
      register.capture('lead', { source: 'Website', ...fields }, { pipelineId: 'leads', ...part });
    const shared = { phones: ['0912 345 678'] };
    const a = capture({ ...shared, need: 'Của A' }, { tags: ['chung', 'sau'] });
    const [b, c] = [capture({}), capture({})];
    const beside = capture({ ...shared, need: 'Của D' }, { tags: ['chung'] });
    const later = capture({}, { tags: ['sau'] });
    const inner = register.merge({ records: [a, b], survivor: b });
    const outer = register.merge({ records: [b, c, beside], survivor: c });
    const latest = register.merge({ records: [c, later], survivor: c });
    register.undo(inner);
    expect(register.state(c)).toMatchObject({
      fields: { ...shared, need: 'Của D' },
      tags: ['chung', 'sau'],
    });
    register.undo(outer);
    expect(register.state(c)).toMatchObject({ fields: { source: 'Website' }, tags: ['sau'] });
    register.undo(latest);
    expect(register.state(c).tags).toEqual([]);
  });
});

describe('What somebody changed in C since the inner merge of a chain', () => {
  /** A brought B a need, and C has it from B. */
  function changed(more: object = {}) {
    const given = chain({ need: 'Camera', ...more }, {}, {});
    given.register.edit(given.refs[2], { need: 'Khóa' });
    return given;
  }
  const conflict = { field: 'need', current: 'Khóa', merged: 'Camera' };

  it('is a conflict of C, and kept unless decided otherwise', () => {
    const { register, refs, inner } = changed();
    const record = refOf(refs[2]);
    const { conflicts, plan, above } = register.undo(inner);
    expect(conflicts).toEqual([{ ...conflict, record, decision: 'keep' }]);
    expect(plan).toMatchObject({ kept: [], above: [{ record, kept: ['need'] }] });
    expect(above).toMatchObject([{ record, reverts: { changes: [], kept: ['need'] } }]);
    expect(register.state(refs[2]).fields.need).toBe('Khóa');
  });

  it.each([
    ['by its field', () => ({ need: 'revert' }) as const],
    [
      'as the record’s',
      (c: RecordRef) => [{ record: c, field: 'need', decision: 'revert' }] as const,
    ],
  ])('is taken back where it is decided %s', (_how, decisions) => {
    const { register, refs, before, inner, outer, shown } = changed();
    const record = refOf(refs[2]);
    const { conflicts, plan } = register.undo(inner, decisions(record));
    expect(conflicts).toEqual([{ ...conflict, record, decision: 'revert' }]);
    expect(plan.above).toEqual([{ record, kept: [] }]);
    expect(register.state(refs[2]).fields.need).toBeUndefined();
    register.undo(outer);
    expect(shown()).toEqual(before);
  });

  it('comes back to what C would have without A', () => {
    const { register, refs, inner } = chain(
      { description: 'Của A' },
      { description: 'Của B' },
      { description: 'Của C' },
    );
    register.edit(refs[2], { description: 'Viết lại' });
    const [conflict] = register.undoing(inner).conflicts;
    expect(conflict).toMatchObject({ field: 'description', before: 'Của C\n\nCủa B' });
    register.undo(inner, { description: 'revert' });
    expect(register.state(refs[2]).fields.description).toBe('Của C\n\nCủa B');
  });

  it('is decided record by record where B and C are both in conflict', () => {
    const register = createRegister(SETTINGS);
    const capture = (fields: object) =>
      register.capture('lead', { source: 'Website', ...fields }, { pipelineId: 'leads' });
    const [a, b, c] = [capture({ need: 'Camera' }), capture({}), capture({})];
    const inner = register.merge({ records: [a, b], survivor: b });
    register.edit(b, { need: 'Chuông cửa' });
    register.merge({ records: [b, c], survivor: c });
    register.edit(c, { need: 'Khóa' });
    // As long as B keeps what it has, nothing goes from C.
    expect(register.undoing(inner).conflicts).toMatchObject([{ record: refOf(b) }]);
    const onB = { record: refOf(b), field: 'need', decision: 'revert' } as const;
    const onC = { record: refOf(c), field: 'need', decision: 'keep' } as const;
    expect(register.undoing(inner, [onB]).conflicts).toMatchObject([
      { ...onB, current: 'Chuông cửa', merged: 'Camera' },
      { ...onC, current: 'Khóa', merged: 'Chuông cửa' },
    ]);
    expect(register.undoing(inner, { need: 'revert' }).conflicts).toMatchObject([
      onB,
      { ...onC, decision: 'revert' },
    ]);
    register.undo(inner, [onB, onC]);
    expect([b, c].map((ref) => register.state(ref).fields.need)).toEqual([undefined, 'Khóa']);
  });

  it('is a conflict of owners too', () => {
    const given = chain({}, {}, {}, [{ ownerId: OWNER }, {}, {}]);
    const { register, refs, inner } = given;
    register.run(refs[2], { kind: 'assign', ownerId: NEW_OWNER });
    const record = refOf(refs[2]);
    expect(register.undoing(inner).conflicts).toEqual([
      { record, field: 'ownerId', current: NEW_OWNER, merged: OWNER, decision: 'keep' },
    ]);
    register.undo(inner, [{ record, field: 'ownerId', decision: 'revert' }]);
    expect(register.state(refs[2]).ownerId).toBeUndefined();
  });

  it('has to be there to be decided on, once', () => {
    const { register, refs, inner } = changed();
    const [, b, c] = refs.map(refOf) as [RecordRef, RecordRef, RecordRef];
    const one = { record: c, field: 'need', decision: 'revert' } as const;
    const refused = (decisions: Parameters<typeof register.undoing>[1]) =>
      refusalOf(() => register.undoing(inner, decisions));
    expect(refused([one, { ...one, record: b }, { ...one, field: 'title' }])).toMatchObject({
      code: 'unknown_conflict',
      paths: ['conflicts.1', 'conflicts.2'],
    });
    expect(refused([one, { ...one, decision: 'keep' }])).toMatchObject({
      code: 'decided_twice',
      paths: ['conflicts.1'],
    });
  });

  it('outdates what a preview rests on where it matters to the undoing, and only there', () => {
    const phones = ['0912 345 678'];
    const { register, refs, inner } = chain({ need: 'Camera', phones }, {}, {});
    const basis = () => mergeUndoBasis(register.undoing(inner));
    const edited = (fields: object) => {
      register.edit(refs[2], fields);
      return basis();
    };
    const first = basis();
    expect(edited({ jobTitle: 'Kế toán' })).toBe(first);
    // In no conflict: what is taken from the list is another.
    const second = edited({ phones: [...phones, '0987 654 321'] });
    const third = edited({ need: 'Khóa' });
    const fourth = edited({ need: 'Chuông cửa' });
    expect(new Set([first, second, third, fourth]).size).toBe(4);
  });

  it('is a conflict after C was won as well', () => {
    const register = createRegister(SETTINGS);
    const capture = (fields: object) =>
      register.capture('opportunity', { name: 'Camera', ...fields }, { pipelineId: 'sales' });
    const [a, b, c] = [capture({ need: 'Camera' }), capture({}), capture({})];
    const inner = register.merge({ records: [a, b], survivor: b });
    register.merge({ records: [b, c], survivor: c });
    register.run(c, { kind: 'win', fields: { expectedCloseDate: '2026-05-01', need: 'Khóa' } });
    expect(register.undoing(inner).conflicts).toMatchObject([{ record: refOf(c), ...conflict }]);
    register.undo(inner, { need: 'revert' });
    expect(register.state(c)).toMatchObject({ outcome: 'won' });
    expect(register.state(c).fields.need).toBeUndefined();
  });
});
