import { ACCOUNT_FIELDS } from '../account/account-fields.js';
import { CONTACT_FIELDS } from '../contact/contact-fields.js';
import { LEAD_FIELDS } from '../lead/lead-fields.js';
import { OPPORTUNITY_FIELDS } from '../opportunity/opportunity-fields.js';
import type { FieldDefinition } from './field.js';
import type { RecordType } from './record-type.js';

/** The default fields of every record type. Custom fields come beside them from the settings. */
export const FIELD_CATALOGUE: Readonly<Record<RecordType, readonly FieldDefinition[]>> = {
  lead: LEAD_FIELDS,
  opportunity: OPPORTUNITY_FIELDS,
  contact: CONTACT_FIELDS,
  account: ACCOUNT_FIELDS,
};

/** The definition of one default field, if the record type has it. */
export function fieldOf(type: RecordType, name: string): FieldDefinition | undefined {
  return FIELD_CATALOGUE[type].find((field) => field.name === name);
}
