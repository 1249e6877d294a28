import {
  type MergePlan,
  type MergeRevertedData,
  type MergeUndoneData,
  type RecordRef,
  recordName,
  type Uuid,
} from '#crm';
import type { TestEvent } from './open-stores.js';

/** A merge into a record of the type, with what a test cares about. */
export function recordsMerged(
  into: RecordRef,
  mergeId: Uuid,
  away: readonly (RecordRef & { readonly behind?: readonly RecordRef[] })[],
  more: Partial<MergePlan> = {},
): TestEvent {
  const data: MergePlan = {
    mergeId,
    policy: { name: 'first-created', version: 1 },
    records: away.map(({ type, id, behind = [] }) => ({ type, id, revision: 0, behind })),
    ...{ changes: [], tags: [], lost: [], choices: [], definitions: [], notices: [] },
    ...more,
  };
  return { type: `${recordName(into.type)}RecordsMerged`, data };
}

export function mergedAway(away: RecordRef, mergeId: Uuid, survivor: RecordRef): TestEvent {
  return { type: `${recordName(away.type)}MergedAway`, data: { mergeId, survivor } };
}

export function mergeCompleted(survivor: RecordRef, mergeId: Uuid): TestEvent {
  return { type: `${recordName(survivor.type)}MergeCompleted`, data: { mergeId } };
}

export function mergeUndone(
  survivor: RecordRef,
  mergeId: Uuid,
  undoId: Uuid,
  records: readonly RecordRef[],
  more: Partial<MergeUndoneData> = {},
): TestEvent {
  const data: MergeUndoneData = {
    ...{ undoId, mergeId, records, changes: [], tags: [], kept: [], notices: [] },
    ...more,
  };
  return { type: `${recordName(survivor.type)}MergeUndone`, data };
}

export function unmerged(
  away: RecordRef,
  mergeId: Uuid,
  undoId: Uuid,
  survivor: RecordRef,
): TestEvent {
  return { type: `${recordName(away.type)}Unmerged`, data: { undoId, mergeId, survivor } };
}

/** What undoing `mergeId` takes back on a record that its survivor was merged into. */
export function mergeReverted(
  holder: RecordRef,
  { mergeId, undoId }: { readonly mergeId: Uuid; readonly undoId: Uuid },
  through: MergeRevertedData['through'],
  behind: readonly RecordRef[],
): TestEvent {
  const data: MergeRevertedData = {
    ...{ undoId, mergeId, through, behind, changes: [], tags: [], kept: [] },
  };
  return { type: `${recordName(holder.type)}MergeReverted`, data };
}

/** What only serves the product itself, on any record. */
export function mergeReserved(record: RecordRef, mergeId: Uuid, deciding: RecordRef): TestEvent {
  const data = { token: mergeId, mergeId, deciding };
  return { type: `${recordName(record.type)}MergeReserved`, data };
}
