import type { FieldValue } from '../record/field.js';
import type { RecordState } from '../record/record-state.js';
import type { FieldOutlook } from './combine-fields.js';
import { livesOn } from './combine-values.js';
import { type LostValue, refOf } from './merge-plan.js';

/**
 * The values that are nowhere in what a merge comes to, each with the record it was in (PRODUCT.md P3: they stay readable, marked with
 * where they came from).
 */
export function lostValues(
  survivor: RecordState,
  others: readonly RecordState[],
  outlooks: readonly FieldOutlook[],
  phoneRegion: string,
): readonly LostValue[] {
  const results = new Map(outlooks.map((outlook) => [outlook.field, outlook]));
  const spare = results.get('otherEmails');
  const kept = (field: string, value: FieldValue) => {
    const outlook = results.get(field);
    if (outlook && livesOn(value, outlook.value, outlook.definition, phoneRegion)) return true;
    const isAmongOthers = field === 'email' && typeof value === 'string' && spare !== undefined;
    return isAmongOthers && livesOn([value], spare.value, spare.definition, phoneRegion);
  };
  return [survivor, ...others].flatMap((state) =>
    valuesOf(state)
      // A field of the survivor that takes no part, such as a retired one, stays as it is.
      .filter(([field]) => state !== survivor || results.has(field))
      .filter(([field, value]) => !kept(field, value))
      .map(([field, value]) => ({ record: refOf(state), field, value })),
  );
}

function valuesOf({ fields, custom }: RecordState): readonly (readonly [string, FieldValue])[] {
  return [
    ...Object.entries(fields),
    ...Object.entries(custom).map(([key, value]) => [`custom.${key}`, value] as const),
  ];
}
