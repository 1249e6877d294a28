import type { FastifyRequest } from 'fastify';
import type { RecordType, Uuid } from '#crm';
import { keysBehind, NOTES, type NoteDocument } from '#read-side';
import type { Leadledger } from '../composition/leadledger.js';
import { visibleRecord } from './visible-record.js';

/** A note that the record in the path shows, its own or that of one behind it; undefined when there is none. */
export async function noteOf(
  ledger: Leadledger,
  type: RecordType,
  request: FastifyRequest,
  noteId: Uuid,
): Promise<NoteDocument | undefined> {
  const record = await visibleRecord(ledger, type, request, [NOTES.name]);
  const { stores, read } = ledger;
  const stored = await stores.readStore.load(read.models.live(NOTES.name), [noteId]);
  const note = stored.get(noteId)?.document as NoteDocument | undefined;
  return note && keysBehind(record).includes(note.homeKey) ? note : undefined;
}
