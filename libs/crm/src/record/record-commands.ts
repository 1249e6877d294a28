import type { Uuid } from '../kernel/ids.js';
import type { JsonObject } from '../kernel/json.js';
import type { Attachment } from './record-state.js';

/** Values as they come from outside: unread, keyed by field name. `null` empties a field. */
export type RawValues = JsonObject;

export type CaptureRecord = {
  readonly kind: 'capture';
  readonly fields: RawValues;
  readonly custom: RawValues;
  readonly tags: readonly string[];
  readonly ownerId?: Uuid;
  readonly teamId?: Uuid;
};
export type EditRecord = {
  readonly kind: 'edit';
  readonly fields: RawValues;
  readonly custom: RawValues;
};
export type TagRecord = {
  readonly kind: 'tag';
  readonly add: readonly string[];
  readonly remove: readonly string[];
};
/** A side left out stays as it is; `null` empties it. */
export type AssignRecord = {
  readonly kind: 'assign';
  readonly ownerId?: Uuid | null;
  readonly teamId?: Uuid | null;
};
export type AddNote = {
  readonly kind: 'add-note';
  readonly text: string;
  readonly attachments: readonly Attachment[];
};
/** `from` is the text that the caller saw last, kept in the history. */
export type EditNote = {
  readonly kind: 'edit-note';
  readonly noteId: Uuid;
  readonly from: string;
  readonly to: string;
};
export type RemoveNote = { readonly kind: 'remove-note'; readonly noteId: Uuid };
export type AddAttachments = {
  readonly kind: 'add-attachments';
  readonly attachments: readonly Attachment[];
};
export type RemoveAttachment = { readonly kind: 'remove-attachment'; readonly attachmentId: Uuid };
export type DeleteRecord = { readonly kind: 'delete'; readonly reason?: string };
export type RestoreRecord = { readonly kind: 'restore' };

/** What can be asked of every record type. */
export type RecordCommand =
  | CaptureRecord
  | EditRecord
  | TagRecord
  | AssignRecord
  | AddNote
  | EditNote
  | RemoveNote
  | AddAttachments
  | RemoveAttachment
  | DeleteRecord
  | RestoreRecord;
