import { fieldOf } from '../record/catalogue.js';
import type { RecordType } from '../record/record-type.js';
import type { Settings } from '../settings/settings.js';
import type { FieldKind, KindOf } from './field-kind.js';

/** The members of every `ConditionDocument` beside its fields. */
const OWN: Readonly<Record<string, FieldKind>> = {
  id: 'text',
  status: 'text',
  tags: 'texts',
  ownerId: 'user',
  teamId: 'text',
  createdAt: 'instant',
  updatedAt: 'instant',
  createdBy: 'user',
  updatedBy: 'user',
  'origins.type': 'texts',
  'origins.id': 'texts',
  'origins.conversionId': 'texts',
  'attachments.name': 'texts',
  'mergedInto.id': 'text',
};
const OWN_STAGED: Readonly<Record<string, FieldKind>> = {
  pipelineId: 'text',
  stageId: 'text',
  stageSince: 'instant',
  lostReason: 'text',
  lostDetail: 'text',
  closedAt: 'instant',
};
const OWN_OPPORTUNITY: Readonly<Record<string, FieldKind>> = {
  'deadline.startedAt': 'instant',
  'deadline.dueAt': 'instant',
  'deadline.entryId': 'text',
  'deadline.snoozedUntil': 'instant',
  'deadline.handledAt': 'instant',
};
const OWN_LEAD: Readonly<Record<string, FieldKind>> = {
  converted: 'boolean',
  'conversions.id': 'texts',
  'conversions.contactId': 'texts',
  'conversions.accountId': 'texts',
  'conversions.opportunityId': 'texts',
  'conversions.completed': 'boolean',
};
const OWN_BY_TYPE: Readonly<Record<RecordType, Readonly<Record<string, FieldKind>>>> = {
  lead: { ...OWN, ...OWN_STAGED, ...OWN_LEAD },
  opportunity: { ...OWN, ...OWN_STAGED, ...OWN_OPPORTUNITY, probabilityBy: 'text' },
  contact: OWN,
  account: OWN,
};

/** Values that are blocks are asked about by member. */
const MEMBERS: Readonly<Partial<Record<FieldKind, Readonly<Record<string, FieldKind>>>>> = {
  money: { amount: 'number', currency: 'text' },
  address: {
    street: 'text',
    ward: 'text',
    district: 'text',
    city: 'text',
    region: 'text',
    postalCode: 'text',
    country: 'text',
  },
};

/**
 * What the fields of a record type's `ConditionDocument` hold: its own members, default fields, and custom ones as `custom.<key>`, the retired
 * too, since records keep their values and rules go on.
 */
export function conditionKinds(type: RecordType, settings: Settings): KindOf {
  const known = made.get(settings);
  if (known?.[type]) return known[type];
  const kindOf = makeKinds(type, settings);
  made.set(settings, { ...known, [type]: kindOf });
  return kindOf;
}

/** The same function for the same settings: what was resolved with it lasts (`resolveFilter`). */
const made = new WeakMap<Settings, Partial<Record<RecordType, KindOf>>>();

function makeKinds(type: RecordType, settings: Settings): KindOf {
  const own = OWN_BY_TYPE[type];
  return (field) => {
    if (Object.hasOwn(own, field)) return own[field];
    const [head = '', ...rest] = field.split('.');
    const isCustom = head === 'custom';
    const name = isCustom ? (rest.shift() ?? '') : head;
    const kind = isCustom ? customKind(settings, type, name) : fieldOf(type, name)?.type;
    if (kind === undefined || rest.length === 0) return kind;
    const members = MEMBERS[kind] ?? {};
    const member = rest.join('.');
    return Object.hasOwn(members, member) ? members[member] : undefined;
  };
}

function customKind(settings: Settings, type: RecordType, key: string): FieldKind | undefined {
  return settings.customFields.find((field) => field.recordType === type && field.key === key)
    ?.type;
}
