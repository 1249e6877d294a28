import { type FieldError, Refusal } from '../kernel/refusal.js';
import { entriesInUse } from '../settings/catalogues/catalogue.js';
import type { CatalogueName } from '../settings/catalogues/catalogue-name.js';
import { entryMeant } from '../settings/catalogues/catalogue-value.js';
import type { Settings } from '../settings/settings.js';
import { fieldOf } from './catalogue.js';
import type { FieldValue, FieldValues } from './field.js';
import type { RecordType } from './record-type.js';

type ReadFields = Readonly<Record<string, FieldValue | null>>;

/** A value that is not among those of its catalogue. */
export interface UnlistedValue {
  /** Where it was said: `priority`, `reason`. */
  readonly path: string;
  /** The values in use, in order. */
  readonly values: readonly string[];
}

/** Most values told in a message; all of them are among the facts. */
const TOLD = 10;

/**
 * Values as their catalogues have them: a label, in either language and whatever its case and spacing, stands for its
 * entry's value. What the record holds already is not looked at, whatever became of the catalogue since.
 */
export function asListed<Fields extends ReadFields>(
  type: RecordType,
  fields: Fields,
  settings: Settings,
  current: FieldValues = {},
): { readonly fields: Fields; readonly unlisted: readonly UnlistedValue[] } {
  const unlisted: UnlistedValue[] = [];
  const listed = Object.entries(fields).map(([name, value]) => {
    const catalogue = fieldOf(type, name)?.catalogue;
    if (!catalogue || typeof value !== 'string' || value === current[name]) return [name, value];
    const read = listedValue(catalogue, value, name, settings);
    if (read.unlisted) unlisted.push(read.unlisted);
    return [name, read.value];
  });
  return { fields: Object.fromEntries(listed) as Fields, unlisted };
}

/** A text as its catalogue has it; one without entries in use takes any. */
export function listedValue(
  catalogue: CatalogueName,
  text: string,
  path: string,
  { catalogues }: Settings,
): { readonly value: string; readonly unlisted?: UnlistedValue } {
  const entries = entriesInUse(catalogues, catalogue);
  if (entries.length === 0) return { value: text };
  const meant = entryMeant(entries, text);
  if (meant) return { value: meant.value };
  return { value: text, unlisted: { path, values: entries.map(({ value }) => value) } };
}

/** @throws Refusal `unknown_catalogue_value`, with the values in use by path */
export function refuseUnlisted(unlisted: readonly UnlistedValue[]): void {
  if (unlisted.length > 0) throw unknownCatalogueValue(unlisted);
}

/** The refusal of values that are not in their catalogues. */
export function unknownCatalogueValue(unlisted: readonly UnlistedValue[]): Refusal {
  const code = 'unknown_catalogue_value';
  return new Refusal('rule', code, 'The catalogue has no such value in use.', {
    errors: unlisted.map(({ path, values }): FieldError => {
      const more = values.length > TOLD ? ', …' : '';
      return { path, code, message: `This is one of: ${values.slice(0, TOLD).join(', ')}${more}.` };
    }),
    facts: { values: Object.fromEntries(unlisted.map(({ path, values }) => [path, values])) },
  });
}
