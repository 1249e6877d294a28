import type { RecordType } from '../../record/record-type.js';

export type SetRequiredFields = {
  readonly kind: 'set-required-fields';
  readonly recordType: RecordType;
  /** Names of default fields. */
  readonly fields: readonly string[];
};
export type ChangeGeneral = {
  readonly kind: 'change-general';
  readonly phoneRegion?: string;
  readonly currency?: string;
  readonly timeZone?: string;
};

export type GeneralCommand = SetRequiredFields | ChangeGeneral;
