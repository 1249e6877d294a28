import { foldCase, foldSpacing } from '../../matching/fold-case.js';
import type { CatalogueEntry } from './catalogue.js';

/** A value or label as it is compared: case and spacing make no difference. */
export function foldEntryName(name: string): string {
  return foldSpacing(foldCase(name));
}

/** Everything that an entry goes by, as it is compared. */
export function foldedNames({ value, label }: CatalogueEntry): readonly string[] {
  return [...new Set([value, label.en, label.vi].map(foldEntryName))];
}

/**
 * The entry that a text means: by its value, or by its label in either language. Names in use are one entry's each
 * (`decide-catalogues.ts`), so there is one at most.
 */
export function entryMeant(
  entries: readonly CatalogueEntry[],
  text: string,
): CatalogueEntry | undefined {
  const exact = entries.find(({ value }) => value === text);
  if (exact) return exact;
  const folded = foldEntryName(text);
  return entries.find((entry) => foldedNames(entry).includes(folded));
}
