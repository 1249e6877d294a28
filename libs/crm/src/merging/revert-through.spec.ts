import { NEW_OWNER, OWNER } from '../../test/converting.js';
import { SETTINGS } from '../../test/merge-histories.js';
import { createRegister, visible } from '../../test/merging.js';
import type { RecordRef } from '../record/record-type.js';
import { refOf } from './merge-plan.js';

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
