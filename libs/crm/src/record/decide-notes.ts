import type { DecisionContext } from '../kernel/decider.js';
import { deriveId, type Uuid } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import type {
  AddAttachments,
  AddNote,
  EditNote,
  RemoveAttachment,
  RemoveNote,
} from './record-commands.js';
import { type RecordEvent, recordEvent } from './record-events.js';
import type { Attachment, RecordState } from './record-state.js';
import { brokenRule, InputReading } from './values/input-reading.js';
import { VALUE_LIMITS } from './values/limits.js';
import { readLongText, readText } from './values/text.js';

export type NoteCommand = AddNote | EditNote | RemoveNote | AddAttachments | RemoveAttachment;

/** What is asked of one that is there already. */
export type HangingCommand = EditNote | RemoveNote | RemoveAttachment;

/** Whether the note or file that the command names hangs on the record. */
export function hangsOn(state: RecordState, command: HangingCommand): boolean {
  if (command.kind !== 'remove-attachment') return Object.hasOwn(state.notes, command.noteId);
  return state.attachments.some(({ id }) => id === command.attachmentId);
}

/**
 * Decides what is asked about the notes and files of a record. Whether that is live is for the caller to ask: what a converted
 * lead has stays workable on the records that came from it, even when the lead is deleted (PRODUCT.md P2).
 */
export function decideNotes(
  state: RecordState,
  command: NoteCommand,
  context: DecisionContext,
): readonly RecordEvent[] {
  switch (command.kind) {
    case 'add-note':
      return addNote(state, command, context);
    case 'edit-note':
      return editNote(state, command);
    case 'remove-note':
      requireNote(state, command.noteId);
      return [recordEvent(state, 'NoteRemoved', { noteId: command.noteId })];
    case 'add-attachments': {
      const attachments = readAttachments(command.attachments).filter(
        ({ id }) => !state.attachments.some((attached) => attached.id === id),
      );
      return attachments.length === 0
        ? []
        : [recordEvent(state, 'AttachmentsAdded', { attachments })];
    }
    case 'remove-attachment':
      if (!hangsOn(state, command)) {
        throw new Refusal('not-found', 'attachment_not_found', 'There is no such attachment.');
      }
      return [recordEvent(state, 'AttachmentRemoved', { attachmentId: command.attachmentId })];
  }
}

function addNote(state: RecordState, command: AddNote, { commandId }: DecisionContext) {
  const attachments = readAttachments(command.attachments);
  const text = readNote(command.text, 'text');
  if (text === '' && attachments.length === 0) throw noteEmpty('text');
  const noteId = noteIdOf(commandId, state.id);
  return [recordEvent(state, 'NoteAdded', { noteId, text, attachments })];
}

/** The note that a command writes on a record. A command names its records too: a caller may use one key on two. */
export function noteIdOf(commandId: Uuid, recordId: Uuid): Uuid {
  return deriveId(commandId, `note:${recordId}`);
}

function editNote(state: RecordState, { noteId, from, to: raw }: EditNote) {
  requireNote(state, noteId);
  const to = readNote(raw, 'to');
  if (to === '') throw noteEmpty('to');
  return from === to ? [] : [recordEvent(state, 'NoteEdited', { noteId, from, to })];
}

function readNote(raw: string, path: string): string {
  const reading = new InputReading();
  const text = reading.optional(readLongText, raw, path) ?? '';
  reading.finish();
  return text;
}

/** Files with a name of one line; the rest of what is told of them comes from the store that has them. */
function readAttachments(raw: readonly Attachment[]): readonly Attachment[] {
  const reading = new InputReading();
  if (raw.length > VALUE_LIMITS.listEntries) {
    const message = `At most ${VALUE_LIMITS.listEntries} files at once.`;
    reading.refuse('attachments', 'too_many', message);
  }
  const attachments = raw.map((attachment, index) => ({
    ...attachment,
    name: reading.required(readText, attachment.name, `attachments.${index}.name`, ''),
  }));
  reading.finish();
  return attachments;
}

function noteEmpty(path: string): Refusal {
  return brokenRule('note_empty', path, 'A note needs a text or an attachment.');
}

function requireNote(state: RecordState, noteId: Uuid): void {
  if (Object.hasOwn(state.notes, noteId)) return;
  throw new Refusal('not-found', 'note_not_found', 'There is no such note on this record.');
}
