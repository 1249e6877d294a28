import type { Change } from './change.js';
import type { FieldValue } from './field.js';
import type { RecordState } from './record-state.js';

/** The values as they are once the changes are made; the very same where there are none. */
export function applyChanges(
  { fields: before, custom: customBefore }: Pick<RecordState, 'fields' | 'custom'>,
  changes: readonly Change[],
): Pick<RecordState, 'fields' | 'custom'> {
  if (changes.length === 0) return { fields: before, custom: customBefore };
  const fields: Record<string, FieldValue> = { ...before };
  const custom: Record<string, FieldValue> = { ...customBefore };
  for (const { field, to } of changes) {
    const [values, key] = field.startsWith('custom.')
      ? [custom, field.slice('custom.'.length)]
      : [fields, field];
    if (to === undefined) delete values[key];
    else values[key] = to;
  }
  return { fields, custom };
}
