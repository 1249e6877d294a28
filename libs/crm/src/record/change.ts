import type { Uuid } from '../kernel/ids.js';
import type { FieldValue } from './field.js';

/** One edited field. A side without the value is an empty field. Custom fields are named `custom.<key>`. */
export type Change = {
  readonly field: string;
  readonly from?: FieldValue;
  readonly to?: FieldValue;
};

export type Assignee = { readonly ownerId?: Uuid; readonly teamId?: Uuid };
