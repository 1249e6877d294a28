import { Refusal } from '../../kernel/refusal.js';
import type { Label } from '../../record/field.js';
import { InputReading } from '../../record/values/input-reading.js';
import { changesBetween } from '../parts/changes.js';
import { foldName } from '../parts/names.js';
import { isNewOrder } from '../parts/order.js';
import { readPlace } from '../parts/read-parts.js';
import type { Settings } from '../settings.js';
import { type CatalogueEntry } from './catalogue.js';
import type {
  AddCatalogueEntry,
  CatalogueCommand,
  EditCatalogueEntry,
  ReorderCatalogue,
} from './catalogue-commands.js';
import type { CatalogueEvent } from './catalogue-events.js';
import { CATALOGUE_NAMES, type CatalogueName } from './catalogue-name.js';
import { foldedNames } from './catalogue-value.js';

/** Most entries of a catalogue, retired ones too. */
export const MAX_CATALOGUE_ENTRIES = 500;

/** Decides the commands on catalogues (PRODUCT.md P7: entries are retired, never deleted). */
export function decideCatalogues(
  { catalogues }: Settings,
  command: CatalogueCommand,
): readonly CatalogueEvent[] {
  const { catalogue } = command;
  if (!CATALOGUE_NAMES.includes(catalogue)) {
    throw new Refusal('not-found', 'catalogue_not_found', 'There is no such catalogue.');
  }
  const entries = catalogues[catalogue];
  switch (command.kind) {
    case 'add-catalogue-entry':
      return add(entries, command);
    case 'edit-catalogue-entry':
      return edit(entries, command);
    case 'reorder-catalogue':
      return reorder(entries, command);
    case 'retire-catalogue-entry': {
      const { value, retired } = requireEntry(entries, command.value);
      return retired ? [] : [{ type: 'CatalogueEntryRetired', data: { catalogue, value } }];
    }
    case 'restore-catalogue-entry':
      return restore(entries, catalogue, requireEntry(entries, command.value));
  }
}

function add(
  entries: readonly CatalogueEntry[],
  { catalogue, ...command }: AddCatalogueEntry,
): readonly CatalogueEvent[] {
  const reading = new InputReading();
  const value = reading.name(command.value, 'value');
  // Entries are named by their addresses, from which clients and servers take out steps to the folder above.
  const message = 'An address cannot end in this: give it another value.';
  reading.refuseUnless(value !== '.' && value !== '..', 'value', 'invalid_value', message);
  const label = readLabel(reading, command.label ?? { en: value, vi: value });
  const index = readPlace(reading, command.index, 'index', entries.length);
  reading.finish();
  const entry = { value, label, retired: false };
  const existing = entries.find((other) => other.value === value);
  if (existing && changesBetween(existing, entry).length === 0) return [];
  refuseTaken(entries, entry);
  if (entries.length >= MAX_CATALOGUE_ENTRIES) {
    const message = `A catalogue has at most ${MAX_CATALOGUE_ENTRIES} entries, retired ones counted.`;
    throw new Refusal('rule', 'too_many_entries', message, {
      errors: [{ path: 'value', code: 'too_many', message }],
    });
  }
  return [{ type: 'CatalogueEntryAdded', data: { catalogue, value, label, index } }];
}

function edit(
  entries: readonly CatalogueEntry[],
  { catalogue, ...command }: EditCatalogueEntry,
): readonly CatalogueEvent[] {
  const entry = requireEntry(entries, command.value);
  const reading = new InputReading();
  const label = readLabel(reading, command.label);
  reading.finish();
  const edited = { ...entry, label };
  const changes = changesBetween(entry, edited);
  if (changes.length === 0) return [];
  if (!entry.retired) refuseTaken(without(entries, entry), edited);
  return [{ type: 'CatalogueEntryEdited', data: { catalogue, value: entry.value, changes } }];
}

function reorder(
  entries: readonly CatalogueEntry[],
  { catalogue, values: to }: ReorderCatalogue,
): readonly CatalogueEvent[] {
  const from = entries.filter(({ retired }) => !retired).map(({ value }) => value);
  const path = 'values';
  if (!isNewOrder({ from, to, path, code: 'not_every_entry', what: 'entry' })) return [];
  return [{ type: 'CatalogueReordered', data: { catalogue, from, to } }];
}

function restore(
  entries: readonly CatalogueEntry[],
  catalogue: CatalogueName,
  entry: CatalogueEntry,
): readonly CatalogueEvent[] {
  if (!entry.retired) return [];
  refuseTaken(without(entries, entry), entry);
  return [{ type: 'CatalogueEntryRestored', data: { catalogue, value: entry.value } }];
}

function readLabel(reading: InputReading, label: Label): Label {
  return { en: reading.name(label?.en, 'label.en'), vi: reading.name(label?.vi, 'label.vi') };
}

/**
 * Refuses an entry whose value another has, retired or not, or that would share a name with one in use: a text has to
 * mean one entry.
 */
function refuseTaken(others: readonly CatalogueEntry[], entry: CatalogueEntry): void {
  const value = foldName(entry.value);
  const sameValue = others.find((other) => foldName(other.value) === value);
  const taken = new Set(others.filter(({ retired }) => !retired).flatMap(foldedNames));
  const parts = { value: entry.value, 'label.en': entry.label.en, 'label.vi': entry.label.vi };
  const clashing = Object.entries(parts).filter(([, name]) => taken.has(foldName(name)));
  // A label that says the same as the value was made of it.
  const named = clashing.filter(([path, name]) => path === 'value' || foldName(name) !== value);
  const paths = sameValue ? ['value'] : named.map(([path]) => path);
  if (paths.length === 0) return;
  const message = sameValue?.retired
    ? 'A retired entry has this value: restore it.'
    : 'Another entry of the catalogue goes by this.';
  throw new Refusal('conflict', 'catalogue_entry_exists', message, {
    errors: paths.map((path) => ({ path, code: 'duplicate_name', message })),
  });
}

function without(
  entries: readonly CatalogueEntry[],
  { value }: CatalogueEntry,
): readonly CatalogueEntry[] {
  return entries.filter((other) => other.value !== value);
}

/** By its value, whatever its case and spacing: no two entries differ by these alone. */
function requireEntry(entries: readonly CatalogueEntry[], value: string): CatalogueEntry {
  const folded = foldName(value);
  const entry = entries.find((candidate) => foldName(candidate.value) === folded);
  if (entry) return entry;
  throw new Refusal('not-found', 'catalogue_entry_not_found', 'There is no such entry.');
}
