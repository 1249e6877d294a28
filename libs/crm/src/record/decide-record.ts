import type { DecisionContext } from '../kernel/decider.js';
import { deriveId } from '../kernel/ids.js';
import { Refusal, refuseInvalid } from '../kernel/refusal.js';
import { type FieldValue, sameValue } from './field.js';
import { readTags } from './read-tags.js';
import { type ReadValues, readValues } from './read-values.js';
import type {
  AssignRecord,
  CaptureRecord,
  EditRecord,
  RecordCommand,
  TagRecord,
} from './record-commands.js';
import type { CapturedData, Change, RecordEvent, RecordVerb } from './record-events.js';
import { fieldValue, type RecordState } from './record-state.js';
import { recordName } from './record-type.js';
import { requireLive } from './require-live.js';
import { refuseMissing } from './required-fields.js';

/** Decides what every record type can be asked. */
export function decideRecord(
  state: RecordState,
  command: RecordCommand,
  context: DecisionContext,
): readonly RecordEvent[] {
  if (command.kind === 'capture') return capture(state, command, context);
  if (command.kind === 'restore') return restore(state);
  requireLive(state);
  switch (command.kind) {
    case 'edit':
      return edit(state, command, context);
    case 'tag':
      return tag(state, command);
    case 'assign':
      return assign(state, command);
    case 'add-note':
      if (command.text.trim() === '' && command.attachments.length === 0) {
        throw new Refusal('rule', 'note_empty', 'A note needs a text or an attachment.', {
          errors: [{ path: 'text', code: 'required', message: 'Write something.' }],
        });
      }
      return [
        event(state, 'NoteAdded', {
          noteId: deriveId(context.commandId, 'note'),
          text: command.text.trim(),
          attachments: command.attachments,
        }),
      ];
    case 'edit-note':
      requireNote(state, command.noteId);
      if (command.from === command.to.trim()) return [];
      return [
        event(state, 'NoteEdited', {
          noteId: command.noteId,
          from: command.from,
          to: command.to.trim(),
        }),
      ];
    case 'remove-note':
      requireNote(state, command.noteId);
      return [event(state, 'NoteRemoved', { noteId: command.noteId })];
    case 'add-attachments':
      return command.attachments.length === 0
        ? []
        : [event(state, 'AttachmentsAdded', { attachments: command.attachments })];
    case 'remove-attachment':
      if (!state.attachments.some(({ id }) => id === command.attachmentId)) {
        throw new Refusal('not-found', 'attachment_not_found', 'There is no such attachment.');
      }
      return [event(state, 'AttachmentRemoved', { attachmentId: command.attachmentId })];
    case 'delete':
      return [event(state, 'Deleted', command.reason ? { reason: command.reason } : {})];
    default: {
      const unknown: never = command;
      return unknown;
    }
  }
}

/**
 * What a capture would record, after every check. Record types that need more in it (a stage) add it themselves.
 * @throws Refusal `record_exists`, `invalid_fields`, `required_fields`
 */
export function capturedData(
  state: RecordState,
  command: CaptureRecord,
  { settings }: DecisionContext,
): CapturedData {
  if (state.lifecycle !== 'absent') {
    throw new Refusal('conflict', 'record_exists', `The ${state.type} is there already.`);
  }
  const read = readValues(state.type, command.fields, command.custom, settings);
  const tags = readTags(command.tags);
  refuseInvalid([...read.errors, ...tags.errors]);
  const data: CapturedData = {
    fields: present(read.fields),
    custom: present(read.custom),
    tags: tags.values,
    ...(command.ownerId && { ownerId: command.ownerId }),
    ...(command.teamId && { teamId: command.teamId }),
  };
  refuseMissing(state.type, data, settings);
  return data;
}

function capture(state: RecordState, command: CaptureRecord, context: DecisionContext) {
  return [event(state, 'Captured', capturedData(state, command, context))];
}

function restore(state: RecordState): readonly RecordEvent[] {
  if (state.lifecycle === 'deleted') return [event(state, 'Restored', {})];
  requireLive(state);
  return [];
}

function edit(
  state: RecordState,
  command: EditRecord,
  { settings }: DecisionContext,
): readonly RecordEvent[] {
  const read = readValues(state.type, command.fields, command.custom, settings);
  refuseInvalid(read.errors);
  const changes = changesTo(state, read);
  if (changes.length === 0) return [];
  refuseMissing(
    state.type,
    after(state, changes),
    settings,
    new Set(changes.map(({ field }) => field)),
  );
  return [event(state, 'Edited', { changes })];
}

/** The changes that bring a record to the values read; values it has already are none. */
export function changesTo(
  state: RecordState,
  read: Pick<ReadValues, 'fields' | 'custom'>,
): readonly Change[] {
  const wanted: (readonly [string, FieldValue | null])[] = [
    ...Object.entries(read.fields),
    ...Object.entries(read.custom).map(([key, value]) => [`custom.${key}`, value] as const),
  ];
  return wanted.flatMap(([field, to]) => {
    const from = fieldValue(state, field);
    return sameValue(from, to)
      ? []
      : [{ field, ...(from !== undefined && { from }), ...(to !== null && { to }) }];
  });
}

function after(
  state: RecordState,
  changes: readonly Change[],
): Pick<RecordState, 'fields' | 'custom'> {
  const fields: Record<string, FieldValue | null> = { ...state.fields };
  const custom: Record<string, FieldValue | null> = { ...state.custom };
  for (const { field, to } of changes) {
    if (field.startsWith('custom.')) custom[field.slice('custom.'.length)] = to ?? null;
    else fields[field] = to ?? null;
  }
  return { fields: present(fields), custom: present(custom) };
}

function tag(state: RecordState, command: TagRecord): readonly RecordEvent[] {
  const add = readTags(command.add, 'add');
  const remove = readTags(command.remove, 'remove');
  refuseInvalid([...add.errors, ...remove.errors]);
  const removed = remove.values.filter((tag) => state.tags.includes(tag));
  const added = add.values.filter(
    (tag) => !state.tags.includes(tag) && !remove.values.includes(tag),
  );
  return added.length + removed.length === 0 ? [] : [event(state, 'Tagged', { added, removed })];
}

function assign(state: RecordState, command: AssignRecord): readonly RecordEvent[] {
  const from = assignee(state.ownerId, state.teamId);
  const to = assignee(
    command.ownerId === undefined ? state.ownerId : (command.ownerId ?? undefined),
    command.teamId === undefined ? state.teamId : (command.teamId ?? undefined),
  );
  return sameValue(from, to) ? [] : [event(state, 'Assigned', { from, to })];
}

function assignee(ownerId: string | undefined, teamId: string | undefined) {
  return { ...(ownerId && { ownerId }), ...(teamId && { teamId }) };
}

function requireNote(state: RecordState, noteId: string): void {
  if (state.notes[noteId] !== undefined) return;
  throw new Refusal('not-found', 'note_not_found', 'There is no such note on this record.');
}

/** An event of the record's own type: `Edited` of a lead is `LeadEdited`. */
export function event<Verb extends RecordVerb>(
  state: RecordState,
  verb: Verb,
  data: Extract<RecordEvent<'Lead'>, { type: `Lead${Verb}` }>['data'],
): RecordEvent {
  return { type: `${recordName(state.type)}${verb}`, data } as RecordEvent;
}

function present(values: Readonly<Record<string, FieldValue | null>>): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, FieldValue] => entry[1] !== null),
  );
}
