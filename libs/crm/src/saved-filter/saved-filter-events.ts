import type { Filter } from '../conditions/filter.js';
import type { ListOrder } from '../conditions/list-kinds.js';
import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Uuid } from '../kernel/ids.js';
import type { RecordType } from '../record/record-type.js';

/** Who sees a saved filter beside its owner: nobody, everybody, or the members of some teams. */
export type Sharing = boolean | { readonly teamIds: readonly Uuid[] };

/** What a saved filter asks for: what a list of the record type can be asked. */
export type SavedQuery = {
  readonly name: string;
  readonly filter: Filter;
  /** Words to search for. */
  readonly q?: string;
  readonly sort?: readonly ListOrder[];
  readonly shared: Sharing;
};

export type SavedFilterChange = {
  readonly [Field in keyof SavedQuery]-?: {
    readonly field: Field;
    readonly from?: SavedQuery[Field];
    readonly to?: SavedQuery[Field];
  };
}[keyof SavedQuery];

export type SavedFilterCreated = DomainEvent<
  'SavedFilterCreated',
  { readonly recordType: RecordType } & SavedQuery
>;
export type SavedFilterChanged = DomainEvent<
  'SavedFilterChanged',
  { readonly changes: readonly SavedFilterChange[] }
>;
export type SavedFilterRemoved = DomainEvent<'SavedFilterRemoved', Readonly<Record<string, never>>>;

export type SavedFilterEvent = SavedFilterCreated | SavedFilterChanged | SavedFilterRemoved;

/** Whom a filter looks for may be somebody. */
const PERSONAL = ['name', 'filter', 'q'] as const;

export const SAVED_FILTER_EVENTS: readonly EventDefinition[] = [
  defineEvent('SavedFilterCreated', 'A filter of a list was saved under a name.', {
    paths: PERSONAL,
    changedFields: [],
  }),
  defineEvent('SavedFilterChanged', 'A saved filter asks for something else, or others see it.', {
    paths: [],
    changedFields: PERSONAL,
  }),
  defineEvent('SavedFilterRemoved', 'A saved filter is no more.'),
];
