import { custom, NEW_OWNER, OWNER, settingsOf } from '../../test/converting.js';
import { ACTOR, COMMAND_ID } from '../../test/given.js';
import {
  account,
  contact,
  idOf,
  lead,
  opportunity,
  outlookOf,
  planOf,
  refusalOf,
} from '../../test/merge-states.js';
import type { RecordState } from '../record/record-state.js';
import { refOf } from '../record/record-type.js';
import { NO_SETTINGS } from '../settings/settings.js';
import { mergeBasis } from './merge-basis.js';
import { mergeIdOf } from './merge-plan.js';

const TEAM = '99999999-9999-4999-8999-999999999998';

describe('A merge is refused', () => {
  const gone = lead(2, {}, { lifecycle: 'merged', mergedInto: { type: 'lead', id: idOf(9) } });
  const cases: readonly (readonly [string, readonly RecordState[], string, string])[] = [
    ['of one record', [lead(1)], 'too_few_records', 'records'],
    ['of none', [], 'too_few_records', 'records'],
    ['of a record with itself', [lead(1), lead(2), lead(1)], 'merged_into_itself', 'records.2'],
    ['of a lead and a contact', [lead(1), contact(1)], 'different_families', 'records.1'],
    ['of a contact and an account', [contact(1), account(2)], 'different_families', 'records.1'],
    [
      'with a deleted one',
      [lead(1), lead(2, {}, { lifecycle: 'deleted' })],
      'record_deleted',
      'records.1',
    ],
    [
      'with one that never was',
      [lead(1, {}, { lifecycle: 'absent' }), lead(2)],
      'record_not_found',
      'records.0',
    ],
    ['with one that is merged away', [lead(1), gone], 'record_merged', 'records.1'],
  ];
  it.each(cases)('%s', (_name, states, code, path) => {
    expect(refusalOf(() => outlookOf(states))).toMatchObject({ code, paths: [path] });
  });

  it('naming the survivor of one that is merged away', () => {
    const { kind, facts } = refusalOf(() => outlookOf([lead(1), gone]));
    expect({ kind, facts }).toEqual({
      kind: 'conflict',
      facts: { survivor: { type: 'lead', id: idOf(9) } },
    });
  });

  it('of more records than the limit, which can be another', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => lead(index + 1));
    expect(refusalOf(() => outlookOf(many(51)))).toMatchObject({ code: 'too_many_records' });
    expect(planOf(many(50)).records).toHaveLength(49);
    expect(refusalOf(() => outlookOf(many(4), {}, {}, 3)).code).toBe('too_many_records');
    expect(planOf(many(51), {}, {}, 60).records).toHaveLength(50);
  });
});

describe('A plan', () => {
  const first = lead(1, { givenName: 'Khương' }, { tags: ['VIP'] });
  const second = lead(2, { givenName: 'K', jobTitle: 'Kế toán' }, { tags: ['Tết', 'VIP'] });
  const away = refOf(second);

  it('holds all that the merge does', () => {
    expect(planOf([second, first])).toEqual({
      mergeId: mergeIdOf(COMMAND_ID, [first, second]),
      policy: { name: 'first-created', version: 1 },
      records: [{ ...away, revision: 0, behind: [] }],
      changes: [{ field: 'jobTitle', to: 'Kế toán', sources: [away] }],
      tags: ['Tết'],
      lost: [{ record: away, field: 'givenName', value: 'K' }],
      choices: [],
      definitions: [],
      notices: [],
    });
  });

  it('names what stands behind those merged away, each once', () => {
    const behind = [{ type: 'lead', id: idOf(8) } as const];
    const absorbed = [{ type: 'lead', id: idOf(7), mergeId: idOf(70), behind } as const];
    const origins = [{ type: 'lead', id: idOf(8), conversionId: idOf(80) } as const];
    const { records } = planOf([opportunity(1), opportunity(2, {}, { absorbed, origins })]);
    expect(records[0]?.behind.map(({ id }) => id)).toEqual([idOf(7), idOf(8)]);
  });

  it('is of another merge for another selection under the same command', () => {
    const [one, other] = [planOf([first, second]), planOf([first, lead(3)])];
    expect(one.mergeId).not.toBe(other.mergeId);
  });
});

describe('Owner and team', () => {
  const unowned = lead(1);
  const mine = lead(2, {}, { ownerId: OWNER, teamId: TEAM });
  const other = lead(3, {}, { ownerId: NEW_OWNER });

  it('stay the survivor’s', () => {
    expect(planOf([lead(1, {}, { teamId: TEAM }), mine]).assigned).toBeUndefined();
  });

  it('are of the first who has any where the survivor has none', () => {
    expect(planOf([unowned, other, mine]).assigned).toEqual({
      from: {},
      to: { ownerId: OWNER, teamId: TEAM },
      source: refOf(mine),
    });
  });

  it('go together when the caller takes those of a record', () => {
    const { assigned } = planOf([mine, other], { choices: { ownerId: refOf(other) } });
    expect(assigned).toMatchObject({
      from: { ownerId: OWNER, teamId: TEAM },
      to: { ownerId: NEW_OWNER },
    });
    expect(assigned?.to).not.toHaveProperty('teamId');
  });
});

describe('Notices', () => {
  it('tell each owner of records once, of what was theirs or went into theirs, and nobody of their own doing', () => {
    const of = (n: number, ownerId: string) => lead(n, {}, { ownerId });
    const { notices } = planOf([of(1, NEW_OWNER), of(2, OWNER), of(3, OWNER), of(4, ACTOR.id)]);
    const records = (...numbers: number[]) =>
      numbers.map((number) => ({ type: 'lead', id: idOf(number) }));
    expect(notices).toMatchObject([
      { recipientId: OWNER, records: records(2, 3) },
      { recipientId: NEW_OWNER, records: records(2, 3, 4) },
    ]);
  });
});

describe('A mixed merge', () => {
  const settings = settingsOf(
    custom('lead', 'origin', 'text', true),
    custom('lead', 'visits', 'number'),
  );
  const source = lead(2, {}, { custom: { origin: 'Hội chợ' } });

  it('carries the definitions of custom fields that have a value, not required', () => {
    const plan = planOf([opportunity(1), source], {}, { settings });
    expect(plan.definitions).toMatchObject([
      { recordType: 'opportunity', key: 'origin', type: 'text', required: false },
    ]);
    expect(plan.changes).toMatchObject([{ field: 'custom.origin', to: 'Hội chợ' }]);
    expect(plan.lost).toEqual([]);
  });

  it('carries none that the survivor’s type has, retired or not', () => {
    const theirs = settingsOf(
      custom('lead', 'origin', 'text'),
      custom('opportunity', 'origin', 'text'),
    );
    expect(planOf([opportunity(1), source], {}, { settings: theirs }).definitions).toEqual([]);
    const retired = {
      ...theirs,
      customFields: theirs.customFields.map((one) => ({
        ...one,
        retired: one.recordType === 'opportunity',
      })),
    };
    const plan = planOf([opportunity(1), source], {}, { settings: retired });
    expect([plan.definitions, plan.changes]).toEqual([[], []]);
    expect(plan.lost).toMatchObject([{ field: 'custom.origin', value: 'Hội chợ' }]);
  });

  it('cannot be made where one key has two types; the refusal names both definitions', () => {
    const clashing = settingsOf(
      custom('lead', 'origin', 'text'),
      custom('opportunity', 'origin', 'date'),
    );
    const { plan, obstacles } = outlookOf([opportunity(1), source], {}, { settings: clashing });
    expect(plan).toBeUndefined();
    expect(obstacles).toHaveLength(1);
    expect(obstacles[0]).toMatchObject({
      kind: 'rule',
      code: 'custom_field_clash',
      facts: {
        definitions: [
          { recordType: 'lead', type: 'text' },
          { recordType: 'opportunity', type: 'date' },
        ],
      },
    });
    const without = outlookOf([opportunity(1), lead(2)], {}, { settings: clashing });
    expect(without.obstacles).toEqual([]);
    const filled = opportunity(1, {}, { custom: { origin: '2026-01-01' } });
    const stands = outlookOf([filled, source], {}, { settings: clashing });
    expect(stands.obstacles).toEqual([]);
    expect(stands.plan?.changes).toEqual([]);
    expect(stands.plan?.lost).toMatchObject([{ field: 'custom.origin', value: 'Hội chợ' }]);
  });
});

describe('A required field', () => {
  const requiredFields = { ...NO_SETTINGS.requiredFields, lead: ['jobTitle', 'email'] };
  it('that was empty everywhere stops no merge', () => {
    const settings = { ...NO_SETTINGS, requiredFields };
    const plan = planOf([lead(1), lead(2, { email: 'an@example.vn' })], {}, { settings });
    expect(plan.changes.map(({ field }) => field)).toEqual(['email']);
  });
});

describe('The basis of a plan', () => {
  const one = lead(1, { givenName: 'Khương' }, { ownerId: OWNER });
  const two = lead(2, { jobTitle: 'Kế toán' }, { ownerId: NEW_OWNER });
  const basis = (...given: Parameters<typeof planOf>) => {
    const { survivor, plan } = outlookOf(...given);
    return plan && mergeBasis(survivor, plan);
  };
  const usual = basis([one, two]);

  it.each([
    ['in another order', [two, one], {}],
    [
      'after a note',
      [one, lead(2, two.fields, { ownerId: NEW_OWNER, notes: { [idOf(5)]: OWNER } })],
      {},
    ],
    ['with an empty set of choices', [one, two], { choices: {} }],
  ] as const)('is equal %s', (_name, states, request) => {
    expect(basis(states, request)).toBe(usual);
  });

  it('is equal for choices in another order, and under another command', () => {
    const choices = { givenName: refOf(one), jobTitle: refOf(two) };
    const swapped = { jobTitle: refOf(two), givenName: refOf(one) };
    expect(basis([one, two], { choices })).toBe(basis([one, two], { choices: swapped }));
    expect(basis([one, two], {}, { commandId: idOf(3) })).toBe(usual);
  });

  it.each([
    [
      'another value is filled',
      [one, lead(2, { jobTitle: 'Giám đốc' }, { ownerId: NEW_OWNER })],
      {},
    ],
    [
      'another value is lost',
      [one, lead(2, { ...two.fields, givenName: 'K' }, { ownerId: NEW_OWNER })],
      {},
    ],
    [
      'the survivor’s value that stays is another',
      [lead(1, { givenName: 'K', jobTitle: 'X' }, { ownerId: OWNER }), two],
      {},
    ],
    ['a tag comes', [one, lead(2, two.fields, { ownerId: NEW_OWNER, tags: ['VIP'] })], {}],
    ['somebody else is told', [one, lead(2, two.fields, { ownerId: idOf(9) })], {}],
    ['the survivor is another', [one, two], { survivor: refOf(two) }],
    ['a record more takes part', [one, two, lead(3)], {}],
  ] as const)('is another when %s', (_name, states, request) => {
    expect(basis(states, request)).not.toBe(usual);
  });
});
