import type { LeadState } from '../lead/lead.js';
import { FIELD_CATALOGUE } from '../record/catalogue.js';
import type { FieldValue, FieldValues } from '../record/field.js';
import type { TargetType } from './target-type.js';

/** All default fields of the lead that exist on the target, and what takes their place there under another name. */
export function carriedFields(lead: LeadState, target: TargetType): FieldValues {
  const carried: Record<string, FieldValue> = {};
  for (const { name } of FIELD_CATALOGUE[target]) {
    const value = lead.fields[name];
    if (value !== undefined) carried[name] = value;
  }
  const { organisation } = lead.fields;
  if (target === 'account' && organisation !== undefined) carried.name = organisation;
  if (target === 'opportunity') {
    const name = opportunityName(lead);
    if (name) carried.name = name;
  }
  return carried;
}

/** The organisation or the person, and the first product of interest. */
function opportunityName({ fields }: LeadState): string | undefined {
  const person = [fields.familyName, fields.givenName].filter(Boolean).join(' ');
  const whom = [fields.organisation, person, fields.email].find(Boolean);
  const product = Array.isArray(fields.products) ? fields.products[0] : undefined;
  const name = [whom, product].filter(Boolean).join(' – ').slice(0, 255);
  return name || undefined;
}
