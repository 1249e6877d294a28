import { assignedArrival } from '../assignment/arrival.js';
import type { RuleAssignment } from '../assignment/assigned-by.js';
import type { DomainEvent } from '../kernel/event.js';
import { assigneeOf } from '../record/change.js';
import { sameValue } from '../record/field.js';
import { type RecordEvent, recordEvent } from '../record/record-events.js';
import { fieldValue, type Origin, type RecordState } from '../record/record-state.js';
import type { PlannedCreation, PlannedUpdate } from './conversion-plan.js';

/** What a planned creation appends: the record whole, unless it is there; an opportunity with whom a rule gives it to. */
export function creationEvents(
  state: RecordState,
  { captured }: PlannedCreation,
  assignment?: RuleAssignment,
): readonly DomainEvent[] {
  if (state.lifecycle !== 'absent') return [];
  return assignment
    ? assignedArrival(captured, assignment)
    : [recordEvent(state, 'Captured', captured)];
}

/**
 * What a planned update appends on the record as it is now. A field that somebody changed since the plan keeps the
 * newer value and is named among the skipped. A record deleted since is left alone, unless the undoing of another conversion withdrew it
 * at the same moment: this conversion makes use of it, so it is brought back.
 */
export function updateEvents(
  state: RecordState,
  planned: PlannedUpdate,
  origin: Origin,
): readonly RecordEvent[] {
  const revived = revivalEvents(state);
  if (state.lifecycle !== 'live' && revived.length === 0) return [];
  const standing = planned.changes.filter(({ field, from }) =>
    sameValue(fieldValue(state, field), from),
  );
  const skipped = planned.changes
    .filter((change) => !standing.includes(change))
    .filter(({ field, to }) => !sameValue(fieldValue(state, field), to))
    .map(({ field }) => field);
  const added = planned.tags.filter((tag) => !state.tags.includes(tag));
  const place = assigneeOf(state);
  return [
    ...revived,
    recordEvent(state, 'Edited', {
      changes: standing,
      origin,
      ...(skipped.length > 0 && { skipped }),
    }),
    ...(added.length > 0 ? [recordEvent(state, 'Tagged', { added, removed: [] })] : []),
    ...(planned.ownerId && planned.ownerId !== state.ownerId
      ? [
          recordEvent(state, 'Assigned', {
            from: place,
            to: { ...place, ownerId: planned.ownerId },
          }),
        ]
      : []),
  ];
}

/** What brings a record back that the undoing of another conversion withdrew. */
export function revivalEvents(state: RecordState): readonly RecordEvent[] {
  return state.lifecycle === 'deleted' && state.withdrawnBy
    ? [recordEvent(state, 'Restored', {})]
    : [];
}
