import type { Label } from '../../record/field.js';
import { type CatalogueName } from './catalogue-name.js';

/** Without a label the entry is shown as its value; without `index` it comes last. */
export type AddCatalogueEntry = {
  readonly kind: 'add-catalogue-entry';
  readonly catalogue: CatalogueName;
  readonly value: string;
  readonly label?: Label;
  readonly index?: number;
};
/** The value stays for ever: records hold it. */
export type EditCatalogueEntry = {
  readonly kind: 'edit-catalogue-entry';
  readonly catalogue: CatalogueName;
  readonly value: string;
  readonly label: Label;
};
/** Names every entry in use, once. */
export type ReorderCatalogue = {
  readonly kind: 'reorder-catalogue';
  readonly catalogue: CatalogueName;
  readonly values: readonly string[];
};
export type RetireCatalogueEntry = {
  readonly kind: 'retire-catalogue-entry';
  readonly catalogue: CatalogueName;
  readonly value: string;
};
export type RestoreCatalogueEntry = {
  readonly kind: 'restore-catalogue-entry';
  readonly catalogue: CatalogueName;
  readonly value: string;
};

export type CatalogueCommand =
  | AddCatalogueEntry
  | EditCatalogueEntry
  | ReorderCatalogue
  | RetireCatalogueEntry
  | RestoreCatalogueEntry;
