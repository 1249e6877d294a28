import type { FieldType } from '../record/field.js';
import type { CustomFieldType } from '../settings/settings.js';

/** What a field of a document holds; `instant` is a moment in UTC with milliseconds, `date` a day. Members of a block have kinds of their own. */
export type FieldKind = FieldType | CustomFieldType | 'instant';

/** The kind of the field at a dotted path; undefined when there is no such field to ask about. */
export type KindOf = (field: string) => FieldKind | undefined;
