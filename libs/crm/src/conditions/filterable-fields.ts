import { fieldOf } from '../record/catalogue.js';
import type { FieldType } from '../record/field.js';
import { aRecord, type RecordType } from '../record/record-type.js';
import { type CustomFieldType, customFieldOf, type Settings } from '../settings/settings.js';
import { fieldsOf } from './check-filter.js';
import type { Filter } from './filter.js';
import { InvalidFilter } from './invalid-filter.js';

/** A record's own members that can be filtered by; `true` where one can sort by it too. */
const OWN: Readonly<Record<string, boolean>> = {
  id: true,
  status: true,
  tags: false,
  ownerId: true,
  teamId: true,
  noteCount: true,
  createdAt: true,
  updatedAt: true,
  createdBy: true,
  updatedBy: true,
  revision: true,
  position: true,
  'origins.type': false,
  'origins.id': false,
  'origins.conversionId': false,
  'attachments.name': false,
  'mergedInto.id': false,
};
const OWN_STAGED: Readonly<Record<string, boolean>> = {
  pipelineId: true,
  stageId: true,
  stageSince: true,
  lostReason: true,
  closedAt: true,
};
const OWN_OPPORTUNITY: Readonly<Record<string, boolean>> = {
  'deadline.dueAt': true,
  'deadline.startedAt': true,
  'deadline.entryId': false,
  'deadline.snoozedUntil': true,
  'deadline.handledAt': true,
};
const OWN_LEAD: Readonly<Record<string, boolean>> = {
  converted: true,
  'conversions.id': false,
  'conversions.contactId': false,
  'conversions.accountId': false,
  'conversions.opportunityId': false,
  'conversions.completed': false,
};

const SCALARS: ReadonlySet<FieldType | CustomFieldType> = new Set([
  'text',
  'email',
  'url',
  'date',
  'percent',
  'record',
  'number',
  'select',
  'boolean',
  'user',
]);
const MEMBERS: Readonly<Partial<Record<FieldType | CustomFieldType, readonly string[]>>> = {
  money: ['amount', 'currency'],
  address: ['street', 'ward', 'district', 'city', 'region', 'postalCode', 'country'],
};

/** Whether a field of the record type can be filtered by, and sorted by; undefined when there is none. */
export function filterUseOf(
  type: RecordType,
  field: string,
  settings: Settings,
): { readonly sortable: boolean } | undefined {
  const own = ownMember(type, field);
  if (own !== undefined) return { sortable: own };
  const [head = '', ...rest] = field.split('.');
  const isCustom = head === 'custom';
  const name = isCustom ? (rest.shift() ?? '') : head;
  const kind = isCustom ? customFieldOf(settings, type, name)?.type : fieldOf(type, name)?.type;
  if (kind === undefined) return undefined;
  const member = rest.join('.');
  if (member === '') return { sortable: SCALARS.has(kind) };
  return MEMBERS[kind]?.includes(member) ? { sortable: true } : undefined;
}

function ownMember(type: RecordType, field: string): boolean | undefined {
  const staged = type === 'lead' || type === 'opportunity' ? OWN_STAGED : {};
  const own = type === 'lead' ? OWN_LEAD : type === 'opportunity' ? OWN_OPPORTUNITY : {};
  const members = { ...OWN, ...staged, ...own };
  return Object.hasOwn(members, field) ? members[field] : undefined;
}

/** @throws InvalidFilter naming the first field that the record type does not have */
export function checkFields(type: RecordType, filter: Filter, settings: Settings): void {
  for (const field of fieldsOf(filter)) {
    if (!filterUseOf(type, field, settings)) {
      throw new InvalidFilter(field, `${aRecord(type)} has no such field to filter by`);
    }
  }
}
