import type { FastifyRequest } from 'fastify';
import type { RecordType, Uuid } from '#crm';
import type { Leadledger } from '../composition/leadledger.js';
import { NOTES, type NoteDocument } from '../composition/read-room.js';
import { visibleRecord } from './visible-record.js';

/** A note that stands on the very record that the path names; undefined when there is none. */
export async function noteOf(
  ledger: Leadledger,
  type: RecordType,
  request: FastifyRequest,
  noteId: Uuid,
): Promise<NoteDocument | undefined> {
  const record = await visibleRecord(ledger, type, request, [NOTES.name]);
  const { readStore, models } = ledger.read.queries;
  const stored = await readStore.load(models.live(NOTES.name), [noteId]);
  const note = stored.get(noteId)?.document as NoteDocument | undefined;
  return note?.home.id === record.id ? note : undefined;
}
