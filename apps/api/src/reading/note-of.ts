import type { FastifyRequest } from 'fastify';
import type { RecordType, Uuid } from '#crm';
import { BEHIND_READ_FROM, keysAround, NOTES, type NoteDocument } from '#read-side';
import type { Leadledger } from '../composition/leadledger.js';
import { visibleRecord } from './visible-record.js';

/** A note that the record in the path shows, its own or that of one behind it; undefined when there is none. */
export async function noteOf(
  ledger: Leadledger,
  type: RecordType,
  request: FastifyRequest,
  noteId: Uuid,
): Promise<NoteDocument | undefined> {
  const record = await visibleRecord(ledger, type, request, [NOTES.name, ...BEHIND_READ_FROM]);
  const { stores, read } = ledger;
  const stored = await stores.readStore.load(read.models.live(NOTES.name), [noteId]);
  const note = stored.get(noteId)?.document as NoteDocument | undefined;
  if (!note) return undefined;
  const behind = await read.queries.recordsBehind(record);
  return keysAround(record, behind).includes(note.homeKey) ? note : undefined;
}
