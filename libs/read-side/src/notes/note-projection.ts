import {
  type Attachment,
  type Instant,
  type RecordEvent,
  type Recorded,
  type RecordRef,
  refOf,
  type Uuid,
} from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import type { Projection } from '../engine/projection.port.js';
import { RECORD_PREFIXES, recordKey, recordOfStream } from '../records/record-key.js';

/** A note that stands on a record. */
export interface NoteDocument extends Document {
  readonly id: Uuid;
  readonly home: RecordRef & { readonly [member: string]: string };
  /** The home as a record key. */
  readonly homeKey: string;
  /** Absent when the person's data was erased. */
  readonly text?: string;
  readonly attachments: readonly Attachment[];
  readonly authorId: string;
  readonly at: Instant;
  readonly editedAt?: Instant;
}

export const NOTES: CollectionDefinition = {
  name: 'notes',
  version: 1,
  indexes: [{ fields: ['homeKey', 'at'] }],
};

type NoteEvent = Extract<RecordEvent, { type: `${string}Note${'Added' | 'Edited' | 'Removed'}` }>;

const NOTE_EVENT = /Note(Added|Edited|Removed)$/;

/** Notes of records of every type, one document per note; a removed note has none. */
export const noteProjection: Projection<NoteDocument | undefined> = {
  collection: NOTES,
  prefixes: RECORD_PREFIXES,
  oneStream: true,
  keys: (event) =>
    NOTE_EVENT.test(event.type) ? [(event as Recorded<NoteEvent>).data.noteId] : [],
  begins: ({ type }) => type.endsWith('NoteAdded'),
  open: (_id, stored) => stored as NoteDocument | undefined,
  evolve(note, event) {
    const { type, data, metadata, stream } = event as Recorded<NoteEvent>;
    if (type.endsWith('NoteRemoved')) return undefined;
    if ('attachments' in data || type.endsWith('NoteAdded')) {
      const home = recordOfStream(stream);
      if (!home) return note;
      const { text, attachments } = data as Partial<{
        text: string;
        attachments: readonly Attachment[];
      }>;
      return {
        id: data.noteId,
        home: refOf(home),
        homeKey: recordKey(home),
        ...(text !== undefined && { text }),
        attachments: attachments ?? [],
        authorId: metadata.actor.id,
        at: metadata.occurredAt,
      };
    }
    if (!note) return note;
    const { text: _before, ...rest } = note;
    const { to } = data as { readonly to?: string };
    return { ...rest, ...(to !== undefined && { text: to }), editedAt: metadata.occurredAt };
  },
  close: (note) => note,
};
