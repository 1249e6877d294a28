import type { Label } from '../../record/field.js';
import type { CatalogueName } from './catalogue-name.js';

export type CatalogueEntry = {
  /** What records hold; unique in its catalogue, at most 255 characters. It stays as it is for ever. */
  readonly value: string;
  readonly label: Label;
  /** Takes no new records; those that hold it keep it. */
  readonly retired: boolean;
};

/** Entries in order. One without entries in use takes any text. */
export type Catalogues = Readonly<Record<CatalogueName, readonly CatalogueEntry[]>>;

/** The entries of a catalogue that records may take, in order. */
export function entriesInUse(
  catalogues: Catalogues,
  name: CatalogueName,
): readonly CatalogueEntry[] {
  return catalogues[name].filter(({ retired }) => !retired);
}

/** How a value is called in a language: by its entry's label, retired or not, else as it is. */
export function labelOfValue(
  catalogues: Catalogues,
  name: CatalogueName,
  value: string,
  language: keyof Label,
): string {
  return catalogues[name].find((entry) => entry.value === value)?.label[language] ?? value;
}
