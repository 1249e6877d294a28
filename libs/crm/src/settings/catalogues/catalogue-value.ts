import { foldName } from '../parts/names.js';
import type { CatalogueEntry } from './catalogue.js';

/** Everything that an entry goes by, as it is compared. */
export function foldedNames({ value, label }: CatalogueEntry): readonly string[] {
  return [...new Set([value, label.en, label.vi].map(foldName))];
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
  const folded = foldName(text);
  return entries.find((entry) => foldedNames(entry).includes(folded));
}
