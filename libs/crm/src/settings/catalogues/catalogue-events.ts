import type { DomainEvent } from '../../kernel/event.js';
import { defineEvent } from '../../kernel/event-definition.js';
import type { SettingChange } from '../parts/changes.js';
import { type CatalogueEntry } from './catalogue.js';
import { type CatalogueName } from './catalogue-name.js';

type EntryNamed = { readonly catalogue: CatalogueName; readonly value: string };

export type CatalogueEntryAdded = DomainEvent<
  'CatalogueEntryAdded',
  EntryNamed & {
    readonly label: CatalogueEntry['label'];
    /** Place among the entries, from 0. */
    readonly index: number;
  }
>;
export type CatalogueEntryEdited = DomainEvent<
  'CatalogueEntryEdited',
  EntryNamed & { readonly changes: readonly SettingChange[] }
>;
export type CatalogueReordered = DomainEvent<
  'CatalogueReordered',
  {
    readonly catalogue: CatalogueName;
    /** Values of the entries in use. */
    readonly from: readonly string[];
    readonly to: readonly string[];
  }
>;
export type CatalogueEntryRetired = DomainEvent<'CatalogueEntryRetired', EntryNamed>;
export type CatalogueEntryRestored = DomainEvent<'CatalogueEntryRestored', EntryNamed>;

export type CatalogueEvent =
  | CatalogueEntryAdded
  | CatalogueEntryEdited
  | CatalogueReordered
  | CatalogueEntryRetired
  | CatalogueEntryRestored;

export const CATALOGUE_EVENTS = [
  defineEvent('CatalogueEntryAdded', 'A catalogue offers another value.'),
  defineEvent('CatalogueEntryEdited', 'An entry of a catalogue is called otherwise.'),
  defineEvent('CatalogueReordered', 'The entries of a catalogue were put in another order.'),
  defineEvent(
    'CatalogueEntryRetired',
    'No record takes this value any more; those that hold it keep it.',
  ),
  defineEvent('CatalogueEntryRestored', 'A retired value of a catalogue is offered again.'),
] as const;
