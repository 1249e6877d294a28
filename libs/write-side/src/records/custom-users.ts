import {
  type CustomValues,
  type DomainEvent,
  type FieldError,
  type RecordType,
  Refusal,
  type Settings,
} from '#crm';
import type { People } from './references.js';

/**
 * Refuses events that put somebody who is not there into a custom field of people. What a record has already is in no
 * event, and stays whoever leaves.
 * @throws Refusal `unknown_reference` (422) with the paths
 */
export function refuseUnknownUsers(
  type: RecordType,
  events: readonly DomainEvent[],
  settings: Settings,
  people: People,
): void {
  const errors = events.flatMap(({ data }) =>
    unknownUsers(type, newCustomValues(data), settings, people),
  );
  if (errors.length === 0) return;
  throw new Refusal('rule', 'unknown_reference', 'Something referred to is not there.', { errors });
}

/** Values of custom fields that name somebody who is not there. */
export function unknownUsers(
  type: RecordType,
  custom: Readonly<Record<string, unknown>>,
  { customFields }: Settings,
  people: People,
): readonly FieldError[] {
  return Object.entries(custom).flatMap(([key, value]): readonly FieldError[] => {
    const isOfPeople = customFields.some(
      (field) => field.recordType === type && field.key === key && field.type === 'user',
    );
    if (!isOfPeople || typeof value !== 'string') return [];
    // As the reader of ids takes them.
    if (people.isActiveUser(value.trim().toLowerCase())) return [];
    const message = 'There is no such active user.';
    return [{ path: `custom.${key}`, code: 'unknown_reference', message }];
  });
}

const PREFIX = 'custom.';

function newCustomValues(data: object): Readonly<Record<string, unknown>> {
  const { custom = {}, changes = [] } = data as {
    readonly custom?: CustomValues;
    readonly changes?: readonly { readonly field: string; readonly to?: unknown }[];
  };
  const changed = changes
    .filter(({ field }) => field.startsWith(PREFIX))
    .map(({ field, to }) => [field.slice(PREFIX.length), to] as const);
  return { ...custom, ...Object.fromEntries(changed) };
}
