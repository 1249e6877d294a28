import type { ChosenRule } from '../assignment/assigned-by.js';
import { deriveId, type Uuid } from '../kernel/ids.js';
import type { MergePlan } from '../merging/merge-plan.js';
import type { Change } from '../record/change.js';
import type { CapturedData } from '../record/record-events.js';
import type { RecordRef } from '../record/record-type.js';
import type { CustomFieldDefinition } from '../settings/settings.js';

/** The rows of PRODUCT.md P2's table of suggestions. */
export type ConversionCase = 1 | 2 | 3 | 4 | 5;

/** A record to come into being, whole. */
export type PlannedCreation = {
  readonly action: 'create';
  readonly id: Uuid;
  readonly captured: CapturedData;
};

/** An opportunity to come into being, and by which rule it is assigned: to whom in a team is decided as it arrives. */
export type PlannedOpportunity = PlannedCreation & { readonly assignment?: ChosenRule };

/** An existing record to be brought up to date. */
export type PlannedUpdate = {
  readonly action: 'update';
  readonly id: Uuid;
  /** Where the record stood when it was planned. */
  readonly revision: number;
  readonly changes: readonly Change[];
  /** Tags to add. */
  readonly tags: readonly string[];
  /** The new owner, when one was chosen. */
  readonly ownerId?: Uuid;
};

/** An existing account that the new records come under, itself unchanged. */
export type PlannedLink = { readonly action: 'link'; readonly id: Uuid };

/** A merge that takes place with the conversion: what `RecordsMerged` on the survivor's stream will hold. */
export type PlannedMerge = { readonly survivor: RecordRef; readonly plan: MergePlan };

/** A notice that somebody is owed because of the conversion. */
export type PlannedNotice = {
  readonly id: Uuid;
  readonly recipientId: Uuid;
  readonly kind: 'conversion-owner' | 'conversion-previous-owner';
};

/**
 * All that a conversion does, decided at once: the lead's `LeadConverted` holds it and is the commit point. Carrying it
 * out appends to other streams under ids derived from `conversionId`, and can be repeated.
 */
export type ConversionPlan = {
  readonly conversionId: Uuid;
  readonly case: ConversionCase;
  readonly contact?: PlannedCreation | PlannedUpdate;
  readonly account?: PlannedCreation | PlannedUpdate | PlannedLink;
  readonly opportunity?: PlannedOpportunity;
  /** Set when the lead is merged with another lead or opportunity instead of becoming a new one. */
  readonly merge?: PlannedMerge;
  /** Custom fields of the lead that the target types lack. */
  readonly definitions: readonly CustomFieldDefinition[];
  readonly notices: readonly PlannedNotice[];
};

/** The conversion that a command makes of a lead. A command names its records too: a caller may use one key on two. */
export function conversionIdOf(commandId: Uuid, leadId: Uuid): Uuid {
  return deriveId(commandId, `conversion:${leadId}`);
}
