import type { Uuid } from '../kernel/ids.js';
import type { RawValues } from '../record/record-commands.js';
import type { RecordRef } from '../record/record-type.js';

/** Values that the caller supplies for a target, over what the lead carries. */
export type SuppliedValues = {
  readonly values?: RawValues;
  readonly custom?: RawValues;
};

/** How to treat an existing record's values that differ from the lead's: kept, unless all or these are to be overwritten. */
export type Overwrite = boolean | readonly string[];

export type ContactChoice = SuppliedValues & {
  readonly action: 'create' | 'update' | 'none';
  /** The contact to update. */
  readonly id?: Uuid;
  readonly ownerId?: Uuid;
  readonly overwrite?: Overwrite;
  /** Creates although a contact has the lead's e-mail already. */
  readonly allowDuplicate?: boolean;
};

export type AccountChoice = SuppliedValues & {
  readonly action: 'create' | 'update' | 'link' | 'none';
  /** The account to update or to link to. */
  readonly id?: Uuid;
  readonly ownerId?: Uuid;
  readonly overwrite?: Overwrite;
  /** Creates although an account bears the lead's organisation already. */
  readonly allowDuplicate?: boolean;
};

export type OpportunityChoice = SuppliedValues & {
  readonly action: 'create' | 'merge' | 'none';
  /** The lead or opportunity to merge the lead with; may be left out where there is one with the lead's e-mail only. */
  readonly into?: RecordRef;
  /** Who survives that merge, when the policy is not to decide. */
  readonly survivor?: RecordRef;
  readonly pipelineId?: string;
  readonly stageId?: string;
  readonly ownerId?: Uuid;
  readonly teamId?: Uuid;
};

/** What the caller wants of a conversion. A target left out follows the suggestion; no opportunity unless asked for. */
export type ConversionRequest = {
  readonly contact?: ContactChoice;
  readonly account?: AccountChoice;
  readonly opportunity?: OpportunityChoice;
  /** Owner of all new records, unless one has its own. */
  readonly ownerId?: Uuid;
  /** Default true. */
  readonly carryTags?: boolean;
};
