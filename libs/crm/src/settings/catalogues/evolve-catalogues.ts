import { withChanges } from '../parts/changes.js';
import { inOrder } from '../parts/order.js';
import type { Settings } from '../settings.js';
import type { CatalogueEntry } from './catalogue.js';
import type { CatalogueEvent } from './catalogue-events.js';

/** What an event of catalogues changes of the settings. */
export function evolveCatalogues(settings: Settings, event: CatalogueEvent): Partial<Settings> {
  const { catalogue } = event.data;
  const entries = Object.hasOwn(settings.catalogues, catalogue)
    ? settings.catalogues[catalogue]
    : undefined;
  // Of a catalogue that only a later version has.
  if (!entries) return {};
  return { catalogues: { ...settings.catalogues, [catalogue]: evolveEntries(entries, event) } };
}

function evolveEntries(
  entries: readonly CatalogueEntry[],
  event: CatalogueEvent,
): readonly CatalogueEntry[] {
  switch (event.type) {
    case 'CatalogueEntryAdded': {
      const { value, label, index } = event.data;
      const others = entries.filter((entry) => entry.value !== value);
      return others.toSpliced(index, 0, { value, label, retired: false });
    }
    case 'CatalogueEntryEdited': {
      const { value, changes } = event.data;
      return edited(entries, value, (entry) => withChanges(entry, changes));
    }
    case 'CatalogueReordered':
      return inOrder(entries, event.data.to, ({ value }) => value);
    case 'CatalogueEntryRetired':
      return edited(entries, event.data.value, (entry) => ({ ...entry, retired: true }));
    case 'CatalogueEntryRestored':
      return edited(entries, event.data.value, (entry) => ({ ...entry, retired: false }));
  }
}

function edited(
  entries: readonly CatalogueEntry[],
  value: string,
  edit: (entry: CatalogueEntry) => CatalogueEntry,
): readonly CatalogueEntry[] {
  return entries.map((entry) => (entry.value === value ? edit(entry) : entry));
}
