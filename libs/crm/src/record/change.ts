import type { Uuid } from '../kernel/ids.js';
import type { FieldValue } from './field.js';

/** One edited field. A side without the value is an empty field. Custom fields are named `custom.<key>`. */
export type Change = {
  readonly field: string;
  readonly from?: FieldValue;
  readonly to?: FieldValue;
};

export type Assignee = { readonly ownerId?: Uuid; readonly teamId?: Uuid };

/** A change of a field between two values, either of which may be none. */
export function change(
  field: string,
  from: FieldValue | undefined,
  to: FieldValue | undefined,
): Change {
  return { field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** Whose a record is; an empty side is left out. */
export function assigneeOf({
  ownerId,
  teamId,
}: Partial<Record<keyof Assignee, Uuid | undefined>>): Assignee {
  return { ...(ownerId && { ownerId }), ...(teamId && { teamId }) };
}
