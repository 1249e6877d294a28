import type { MergePlan, RecordRef, Uuid } from '#crm';
import { recordStream } from '#crm';
import {
  mergeCompleted,
  mergedAway,
  mergeReserved,
  mergeUndone,
  recordsMerged,
  unmerged,
} from './merge-events.js';
import type { TestReadSide } from './open-read-side.js';

type Away = RecordRef & { readonly behind?: readonly RecordRef[] };

/** Everything that a merge appends, as the command side does, and waits until the read models have it. */
export async function merge(
  side: TestReadSide,
  mergeId: Uuid,
  survivor: RecordRef,
  away: readonly Away[],
  more: Partial<MergePlan> = {},
): Promise<void> {
  const stream = ({ type, id }: RecordRef) => recordStream(type, id);
  for (const record of [survivor, ...away]) {
    await side.append(stream(record), mergeReserved(record, mergeId, survivor));
  }
  await side.append(stream(survivor), recordsMerged(survivor, mergeId, away, more));
  for (const record of away)
    await side.append(stream(record), mergedAway(record, mergeId, survivor));
  await side.happen(stream(survivor), mergeCompleted(survivor, mergeId));
}

/** Everything that undoing a merge appends but for what it takes back on others. */
export async function undo(
  side: TestReadSide,
  mergeId: Uuid,
  undoId: Uuid,
  survivor: RecordRef,
  away: readonly RecordRef[],
): Promise<void> {
  const stream = ({ type, id }: RecordRef) => recordStream(type, id);
  await side.append(stream(survivor), mergeUndone(survivor, mergeId, undoId, away));
  for (const record of away) {
    await side.append(stream(record), unmerged(record, mergeId, undoId, survivor));
  }
  const data = { undoId, mergeId };
  const type = mergeCompleted(survivor, mergeId).type.replace(
    'MergeCompleted',
    'MergeUndoCompleted',
  );
  await side.happen(stream(survivor), { type, data });
}
