import type { Happened } from '../kernel/event.js';
import { evolveMerging, SILENT_VERBS } from '../merging/evolve-merging.js';
import { applyChanges } from './apply-changes.js';
import type { Assignee } from './change.js';
import type { CapturedData, EditedData, RecordEvent } from './record-events.js';
import type { RecordState } from './record-state.js';
import { recordName } from './record-type.js';

/** Folds an event that every record type has. Other events leave the state but for who and when. */
export function evolveRecord<State extends RecordState>(
  state: State,
  happened: Happened<RecordEvent>,
): State {
  // The record type's name is in front of each type; what follows it tells the events apart for all record types.
  const event = { type: happened.type.slice(recordName(state.type).length), data: happened.data };
  const next = SILENT_VERBS.has(event.type) ? state : touched(state, happened);
  return { ...next, ...partOf(next, event as UnnamedRecordEvent, happened) };
}

/** Notes who did the latest event and when. */
export function touched<State extends RecordState>(
  state: State,
  { metadata }: Pick<Happened, 'metadata'>,
): State {
  return { ...state, updatedAt: metadata.occurredAt, updatedBy: metadata.actor.id };
}

type UnnamedRecordEvent =
  RecordEvent<'Lead'> extends infer Event
    ? Event extends { type: `Lead${infer Verb}`; data: infer Data }
      ? { type: Verb; data: Data }
      : never
    : never;

function partOf(
  state: RecordState,
  event: UnnamedRecordEvent,
  { metadata }: Pick<Happened, 'metadata'>,
): Partial<RecordState> {
  switch (event.type) {
    case 'Captured':
      return {
        ...captured(event.data),
        createdAt: metadata.occurredAt,
        createdBy: metadata.actor.id,
      };
    case 'Edited':
      return edited(state, event.data);
    case 'Tagged':
      return { tags: retag(state.tags, event.data.added, event.data.removed) };
    case 'Assigned':
      return assigned(event.data.to);
    case 'NoteAdded':
      return { notes: { ...state.notes, [event.data.noteId]: metadata.actor.id } };
    case 'NoteEdited':
      return {};
    case 'NoteRemoved':
      return { notes: without(state.notes, event.data.noteId) };
    case 'AttachmentsAdded':
      return { attachments: [...state.attachments, ...(event.data.attachments ?? [])] };
    case 'AttachmentRemoved': {
      const { attachmentId } = event.data;
      return { attachments: state.attachments.filter(({ id }) => id !== attachmentId) };
    }
    case 'Deleted':
      return { lifecycle: 'deleted', withdrawnBy: event.data.undo };
    case 'Restored':
      return { lifecycle: 'live', withdrawnBy: undefined };
    default:
      return evolveMerging(state, event, metadata);
  }
}

function captured(data: CapturedData): Partial<RecordState> {
  return {
    lifecycle: 'live',
    // Of an erased event the personal parts are gone, custom values as a whole.
    fields: data.fields ?? {},
    custom: data.custom ?? {},
    tags: data.tags,
    ...assigned(data),
    origins: data.origin ? [data.origin] : [],
  };
}

function edited(state: RecordState, { changes, origin, undo }: EditedData): Partial<RecordState> {
  // An undone conversion's lead no longer stands behind what it had only updated.
  const standing = undo
    ? state.origins.filter(({ conversionId }) => conversionId !== undo.conversionId)
    : state.origins;
  return {
    ...applyChanges(state, changes),
    origins: origin ? [...standing, origin] : standing,
  };
}

function assigned({ ownerId, teamId }: Assignee): Pick<RecordState, 'ownerId' | 'teamId'> {
  return { ownerId, teamId };
}

function retag(
  tags: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): readonly string[] {
  return [...new Set([...tags, ...added])].filter((tag) => !removed.includes(tag));
}

function without<Value>(values: Readonly<Record<string, Value>>, key: string) {
  const { [key]: _gone, ...rest } = values;
  return rest;
}
