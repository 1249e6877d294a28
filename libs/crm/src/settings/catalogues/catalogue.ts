import type { Label } from '../../record/field.js';

/** Lists of values that records are to hold (PRODUCT.md P7). `situation` is Tình trạng. */
export const CATALOGUE_NAMES = [
  'need',
  'processing-step',
  'priority',
  'situation',
  'lost-reason',
  'source',
] as const;
export type CatalogueName = (typeof CATALOGUE_NAMES)[number];

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
