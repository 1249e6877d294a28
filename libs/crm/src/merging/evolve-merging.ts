import type { DeadlineVerb } from '../deadlines/deadline-events.js';
import type { EventMetadata } from '../kernel/event.js';
import { applyChanges } from '../record/apply-changes.js';
import type { RecordState } from '../record/record-state.js';
import { sameRecord } from '../record/record-type.js';
import type { MergeEvent, Reverted } from './merge-events.js';
import { partOf, withParts } from './merge-parts.js';
import { type CommittedMerge, mergeOf, type Recording } from './merge-state.js';

/** An event of merging without its record type's name. */
export type UnnamedMergeEvent =
  MergeEvent<'Lead'> extends infer Event
    ? Event extends { type: `Lead${infer Verb}`; data: infer Data }
      ? { type: Verb; data: Data }
      : never
    : never;

/** Events that change nothing that people see: they leave who touched the record last as it was. */
export const SILENT_VERBS: ReadonlySet<string> = new Set<UnnamedMergeEvent['type'] | DeadlineVerb>([
  'DeadlineSet',
  'MergeReserved',
  'MergeReservationReleased',
  'MergeCompleted',
  'MergeUndoCompleted',
]);

type Metadata = Pick<EventMetadata, 'actor' | 'occurredAt' | 'correlationId'>;

/** What an event of merging makes of the state. */
export function evolveMerging(
  state: RecordState,
  event: UnnamedMergeEvent,
  metadata: Metadata,
): Partial<RecordState> {
  switch (event.type) {
    case 'MergeReserved':
      return { reservation: event.data };
    case 'MergeReservationReleased': {
      const { token } = event.data;
      const held = state.reservation?.token !== token;
      return {
        ...(!held && { reservation: undefined }),
        releasedTokens: [...state.releasedTokens, token],
      };
    }
    case 'RecordsMerged':
      return merged(state, event.data, metadata);
    case 'MergedAway':
      return { lifecycle: 'merged', mergedInto: event.data.survivor, reservation: undefined };
    case 'MergeCompleted':
      return updated(state, event.data.mergeId, (merge) => ({ ...merge, completed: true }));
    case 'MergeUndone': {
      const done = event.data;
      const { mergeId } = done;
      const merges = withParts(state.merges, done.parts);
      return {
        ...reverted(state, done),
        reservation: undefined,
        absorbed: state.absorbed.filter((record) => record.mergeId !== mergeId),
        ...updated({ merges }, mergeId, (merge) => ({
          ...merge,
          completed: true,
          undo: { ...recordingOf(metadata), done, completed: false },
        })),
      };
    }
    case 'MergeReverted': {
      const { behind, through } = event.data;
      const absorbed = state.absorbed.map((record) =>
        record.mergeId === through.mergeId && sameRecord(record, through.record)
          ? { ...record, behind }
          : record,
      );
      const merges = withParts(state.merges, event.data.parts);
      return { ...reverted(state, event.data), reservation: undefined, absorbed, merges };
    }
    case 'Unmerged':
      return { lifecycle: 'live', mergedInto: undefined };
    case 'MergeUndoCompleted':
      return updated(state, event.data.mergeId, (merge) => ({
        ...merge,
        ...(merge.undo && { undo: { ...merge.undo, completed: true } }),
      }));
    default: {
      const unknown: never = event;
      void unknown;
      return {};
    }
  }
}

function merged(
  state: RecordState,
  plan: CommittedMerge['plan'],
  metadata: Metadata,
): Partial<RecordState> {
  const { mergeId, records, changes, tags, assigned } = plan;
  const committed: CommittedMerge = {
    ...recordingOf(metadata),
    plan,
    part: partOf(plan),
    completed: false,
  };
  return {
    ...applyChanges(state, changes),
    tags: [...new Set([...state.tags, ...tags])],
    ...(assigned && { ownerId: assigned.to.ownerId, teamId: assigned.to.teamId }),
    absorbed: [
      ...state.absorbed,
      ...records.map(({ type, id, behind }) => ({ type, id, mergeId, behind })),
    ],
    reservation: undefined,
    merges: { ...state.merges, [mergeId]: committed },
  };
}

function reverted(state: RecordState, { changes, tags, assigned }: Reverted) {
  return {
    ...applyChanges(state, changes),
    tags: state.tags.filter((tag) => !tags.includes(tag)),
    ...(assigned && { ownerId: assigned.to.ownerId, teamId: assigned.to.teamId }),
  };
}

function updated(
  { merges }: Pick<RecordState, 'merges'>,
  mergeId: string,
  update: (merge: CommittedMerge) => CommittedMerge,
): Partial<RecordState> {
  const merge = mergeOf({ merges }, mergeId);
  return merge ? { merges: { ...merges, [mergeId]: update(merge) } } : {};
}

function recordingOf({ actor, occurredAt, correlationId }: Metadata): Recording {
  return { actor, occurredAt, correlationId };
}
