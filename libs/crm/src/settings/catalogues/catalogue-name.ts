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
