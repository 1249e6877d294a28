import type { FastifyRequest } from 'fastify';
import type { RecordType, Uuid } from '#crm';
import { NOTES, type NoteDocument } from '#read-side';
import type { Leadledger } from '../composition/leadledger.js';
import { visibleRecord } from './visible-record.js';

/** A note that stands on the very record that the path names; undefined when there is none. */
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
  return note?.home.id === record.id ? note : undefined;
}
