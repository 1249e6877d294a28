import fc from 'fast-check';
import type { MergeRequest } from '../src/merging/merge-request.js';
import { type RecordRef, type RecordType, sameRecord } from '../src/record/record-type.js';
import type { Settings } from '../src/settings/settings.js';
import { custom, settingsOf } from './converting.js';
import { attempt } from './given.js';
import { createRegister, type Register } from './merging.js';
import { BOTH } from './opportunities.js';

/** Leads and opportunities with custom fields, some of them of leads only. */
export const SETTINGS: Settings = {
  ...settingsOf(
    custom('lead', 'budget', 'money'),
    custom('lead', 'visits', 'number'),
    custom('opportunity', 'visits', 'number'),
    custom('lead', 'isKnown', 'boolean'),
  ),
  ...{ pipelines: BOTH.settings.pipelines },
};

const OWNERS = ['a', 'b'].map((name) => `55555555-5555-4555-8555-55555555555${name}`);
const EMAILS = ['khuong@example.vn', 'KHUONG@example.vn', 'an@example.vn', 'binh@example.vn'];
const PHONES = ['0912 345 678', '+84 912 345 678', '0987.654.321', '028 3822 1234'];
const money = fc.record({
  amount: fc.constantFrom(0, 1_500, 20_000_000),
  currency: fc.constantFrom('VND', 'USD'),
});
const text = (...values: readonly string[]) => fc.constantFrom(...values, null);
const shared = {
  phones: fc.uniqueArray(fc.constantFrom(...PHONES), { maxLength: 2 }),
  email: text(...EMAILS),
  need: text('Camera', 'Chuông cửa'),
  source: text('Website', 'Hội chợ'),
  description: text('Gọi lại.', 'Đã gọi.', 'Gọi lại.\n\nKhách ở Huế.'),
  products: fc.uniqueArray(fc.constantFrom('Ezviz C6T 2MP', 'EZVIZ C6T 2MP', 'Đầu ghi')),
};
const FIELDS = {
  lead: fc.record(
    {
      ...shared,
      familyName: text('Nguyễn Gia', 'Trần'),
      givenName: text('Khương', 'An'),
      otherEmails: fc.uniqueArray(fc.constantFrom(...EMAILS), { maxLength: 2 }),
      address: fc.constantFrom({ city: 'Huế' }, { street: '12 Lê Lợi', ward: 'Vĩnh Ninh' }, null),
    },
    { requiredKeys: [] },
  ),
  opportunity: fc.record(
    {
      ...shared,
      name: text('Camera cho cửa hàng', 'Camera'),
      expectedRevenue: fc.option(money),
      probability: fc.constantFrom(0, 30, null),
      priority: text('Cao', 'Thấp', 'Khẩn', 'Hạng A'),
    },
    { requiredKeys: [] },
  ),
};
const customs = {
  lead: fc.record(
    {
      budget: fc.option(money),
      visits: fc.constantFrom(0, 3, null),
      isKnown: fc.constantFrom(true, false, null),
    },
    { requiredKeys: [] },
  ),
  opportunity: fc.record({ visits: fc.constantFrom(0, 5, null) }, { requiredKeys: [] }),
};
const tags = fc.subarray(['VIP', 'Tết', 'Hà Nội']);
const owner = fc.constantFrom(...OWNERS, null);
const values = fc.record({
  lead: FIELDS.lead,
  opportunity: FIELDS.opportunity,
  customLead: customs.lead,
  customOpportunity: customs.opportunity,
  tags,
  owner,
});
type Values = typeof values extends fc.Arbitrary<infer Value> ? Value : never;

/** At least 8 records. */
export const beginning = fc.array(
  fc.record({ type: fc.constantFrom<RecordType>('lead', 'lead', 'opportunity'), values }),
  { minLength: 8, maxLength: 10 },
);
export type Beginning = typeof beginning extends fc.Arbitrary<infer Value> ? Value : never;

export const selection = fc.record({
  picks: fc.uniqueArray(fc.nat(9), { minLength: 2, maxLength: 4 }),
  named: fc.option(fc.nat(3)),
  policy: fc.constantFrom('first-created' as const, 'furthest' as const),
  choices: fc.dictionary(
    fc.constantFrom('needs', 'need', 'phones', 'description', 'ownerId', 'email', 'priority'),
    fc.nat(3),
    { maxKeys: 2 },
  ),
});
export type Selection = typeof selection extends fc.Arbitrary<infer Value> ? Value : never;

export const step = fc.record({
  kind: fc.constantFrom('merge', 'merge', 'undo', 'edit', 'tag', 'assign', 'delete', 'restore'),
  record: fc.nat(9),
  values,
  selection,
  revert: fc.boolean(),
});
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
export const steps = fc.array(step, { minLength: 40, maxLength: 50 });

/** A register with the records that a history begins with. */
export function begun(records: Beginning): Register {
  const register = createRegister(SETTINGS);
  for (const { type, values } of records) {
    const { fields, custom } = read(type, values);
    const ownerId = values.owner ?? undefined;
    const named = type === 'lead' ? { jobTitle: 'Kế toán' } : { situation: 'Mới' };
    const place = { pipelineId: type === 'lead' ? 'leads' : 'sales' };
    register.capture(
      type,
      { ...named, ...fields },
      { custom, tags: values.tags, ownerId, ...place },
    );
  }
  return register;
}

function read(type: RecordType, values: Values) {
  return type === 'lead'
    ? { fields: values.lead, custom: values.customLead }
    : { fields: values.opportunity, custom: values.customOpportunity };
}

export function picked(register: Register, { picks, named, policy, choices }: Selection) {
  const refs = register.refs();
  const records = picks.flatMap((pick) => refs[pick % refs.length] ?? []);
  const once = records.filter(
    (record, index) => records.findIndex((other) => sameRecord(other, record)) === index,
  );
  const at = (index: number) => once[index % once.length] as RecordRef;
  return {
    records: once,
    policy,
    ...(named !== null && { survivor: at(named) }),
    choices: Object.fromEntries(
      Object.entries(choices).map(([field, index]) => [field, at(index)]),
    ),
  } satisfies MergeRequest;
}

/** Merges a selection: without what stands in the way, choices and the survivor named. */
export function mergeAny(register: Register, one: Selection): string | undefined {
  const request = picked(register, one);
  const { records, policy } = request;
  const live = records.filter((ref) => register.state(ref).lifecycle === 'live');
  return (
    attempt(() => register.merge(request)) ??
    attempt(() => register.merge({ ...request, choices: {} })) ??
    attempt(() => register.merge({ records: live, policy }))
  );
}

/** Merges that stand, the first committed first. */
export function standing(register: Register): readonly string[] {
  return [...register.merges()].flatMap(([mergeId, survivor]) =>
    register.state(survivor).merges[mergeId]?.undo ? [] : [mergeId],
  );
}

/** Carries one step out. */
export function take(register: Register, one: Step): void {
  const refs = register.refs();
  const ref = refs[one.record % refs.length] as RecordRef;
  const { fields, custom } = read(ref.type, one.values);
  const commands: Readonly<Record<string, object>> = {
    edit: { kind: 'edit', fields, custom },
    tag: { kind: 'tag', add: one.values.tags, remove: ['VIP'] },
    assign: { kind: 'assign', ownerId: one.values.owner },
    delete: { kind: 'delete' },
    restore: { kind: 'restore' },
  };
  const command = commands[one.kind];
  if (command) attempt(() => register.run(ref, command));
  if (one.kind === 'merge') mergeAny(register, one.selection);
  if (one.kind === 'undo') {
    const stand = standing(register);
    const mergeId = stand[one.record % Math.max(1, stand.length)];
    if (mergeId === undefined) return;
    const { conflicts } = register.undoing(mergeId);
    const decision = one.revert ? 'revert' : 'keep';
    register.undo(mergeId, Object.fromEntries(conflicts.map(({ field }) => [field, decision])));
  }
}
