import type { Attachment, RecordRef } from '#crm';
import type { RecordDocument } from '#read-side';
import type { Leadledger } from '../composition/leadledger.js';

/** A file on a record, and where it hangs. */
export interface AttachedFile extends Attachment {
  /** The record that it was attached to: this one, or one behind it. */
  readonly record: RecordRef;
  /** Set when it came with a note. */
  readonly noteId?: string;
}

export interface AttachedFiles {
  readonly files: readonly AttachedFile[];
  /** There are more records behind the one, or notes with files, than were looked into. */
  readonly incomplete: boolean;
}

/** Most pages of notes with files that are looked through: more than anybody reads. */
const NOTE_PAGES = 20;

/** The files of a record and of those behind it, with those of their notes (PRODUCT.md P2, P3: linked, not copied). */
export async function attachmentsOf(
  { read }: Leadledger,
  record: RecordDocument,
): Promise<AttachedFiles> {
  const { queries } = read;
  const found: AttachedFile[] = own(record);
  // Who may read a record may read what came with it, wherever that hangs.
  const behind = await queries.recordsBehind(record);
  for (const document of behind.documents) found.push(...own(document));
  const wanted = { record, behind, withFiles: true };
  let cursor: string | undefined;
  let more = true;
  for (let page = 0; more && page < NOTE_PAGES; page++) {
    const paging = { limit: 200, ...(cursor !== undefined && { cursor }) };
    const { documents: notes, next } = await queries.listNotes({ ...paging, ...wanted });
    for (const { id: noteId, home, attachments } of notes) {
      found.push(...attachments.map((file) => ({ ...file, record: home, noteId })));
    }
    cursor = next;
    more = next !== undefined;
  }
  return { files: found, incomplete: behind.incomplete || more };
}

function own({ type, id, attachments }: RecordDocument): AttachedFile[] {
  return attachments.map((file) => ({ ...file, record: { type, id } }));
}
