import type { Label } from '../../record/field.js';
import type { RecordType } from '../../record/record-type.js';
import type { CustomFieldDefinition, CustomFieldType } from '../settings.js';

/** A custom field to be set up. Left out: no options, not required, no match key. */
export type CustomFieldInput = {
  readonly recordType: RecordType;
  readonly key: string;
  readonly type: CustomFieldType;
  readonly label: Label;
  readonly options?: readonly string[];
  readonly required?: boolean;
  readonly matchKey?: boolean;
};
export type DefineCustomField = {
  readonly kind: 'define-custom-field';
  readonly definition: CustomFieldInput;
  /** Set when a conversion carries the field over from another record type (PRODUCT.md P2). */
  readonly conversionId?: string;
};
/** What is left out stays as it is; the type stays for ever. Values under a removed option stay readable. */
export type EditCustomField = {
  readonly kind: 'edit-custom-field';
  readonly recordType: RecordType;
  readonly key: string;
} & Partial<Pick<CustomFieldDefinition, 'label' | 'options' | 'required' | 'matchKey'>>;
export type RetireCustomField = {
  readonly kind: 'retire-custom-field';
  readonly recordType: RecordType;
  readonly key: string;
};

export type CustomFieldCommand = DefineCustomField | EditCustomField | RetireCustomField;
