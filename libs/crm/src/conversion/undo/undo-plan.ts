import { deriveId, type Revision, type Uuid } from '../../kernel/ids.js';
import type { Assignee, Change } from '../../record/change.js';
import type { TargetType } from '../target-type.js';

/**
 * Why a record stays as it is although the conversion is undone:
 * - `changed_since`: somebody changed what the conversion created, and the caller did not say to withdraw it all the same
 * - `changed_meanwhile`: somebody changed or used it while the undoing was under way
 * - `referred_to`: another record points at it · `other_conversion`: another conversion updated it or linked to it
 * - `notes`, `attachments`, `activities`: somebody put them on it · `merged`: it was merged into another record, or another into it
 * - `deleted`: it is gone already · `untouched`: the conversion had done nothing to it
 */
export type KeptReason =
  | 'changed_since'
  | 'changed_meanwhile'
  | 'referred_to'
  | 'other_conversion'
  | 'notes'
  | 'attachments'
  | 'activities'
  | 'merged'
  | 'deleted'
  | 'untouched';

/** A record that the conversion created, to be deleted. */
export type PlannedWithdrawal = {
  readonly action: 'withdraw';
  readonly id: Uuid;
  /** Where its stream stood: whatever is done to it from there on keeps it. */
  readonly revision: Revision;
};

/** A record that the conversion updated, to be brought back to what it was. */
export type PlannedReversal = {
  readonly action: 'revert';
  readonly id: Uuid;
  readonly changes: readonly Change[];
  /** Tags that go. */
  readonly tags: readonly string[];
  readonly assigned?: { readonly from: Assignee; readonly to: Assignee };
  /** Fields, and `ownerId`, that somebody changed since and that stay as they are. */
  readonly kept: readonly string[];
};

export type PlannedKeeping = {
  readonly action: 'keep';
  readonly id: Uuid;
  readonly reasons: readonly KeptReason[];
};

export type PlannedUndo = PlannedWithdrawal | PlannedReversal | PlannedKeeping;

/** Somebody is told that the conversion was undone. */
export type UndoNotice = { readonly id: Uuid; readonly recipientId: Uuid };

/**
 * All that undoing a conversion does, decided at once: the lead's `LeadConversionUndone` holds it and is the commit point. Carrying it
 * out appends to other streams under ids derived from `undoId`, and can be repeated.
 */
export type ConversionUndoPlan = {
  readonly undoId: Uuid;
  readonly conversionId: Uuid;
  readonly contact?: PlannedUndo;
  readonly account?: PlannedUndo;
  readonly opportunity?: PlannedUndo;
  readonly notices: readonly UndoNotice[];
};

/** The undoing of a conversion that a command makes. */
export function conversionUndoIdOf(commandId: Uuid, conversionId: Uuid): Uuid {
  return deriveId(commandId, `undo:${conversionId}`);
}

/**
 * In the order in which it is carried out and planned: an opportunity refers to contact and account, a contact to its account, so
 * that what refers goes before what is referred to.
 */
export const UNDO_ORDER = [
  'opportunity',
  'contact',
  'account',
] as const satisfies readonly TargetType[];
