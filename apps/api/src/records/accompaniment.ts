import type { JsonObject, StagedType, WithNote, WithValues } from '#crm';
import type { Leadledger } from '../composition/leadledger.js';
import { lines, OCCURRED_AT, optional } from '../http/schemas.js';
import { type FileInput, OPTIONAL_ATTACHMENTS, storeFiles } from './attachments.js';
import { CUSTOM, fieldSchemas, fieldsIn } from './record-schemas.js';

/** What a change of stage or outcome may bring along. */
export interface AccompaniedBody {
  readonly note?: string;
  readonly attachments?: readonly FileInput[];
  readonly custom?: JsonObject;
  /** Fields of the record. */
  readonly [field: string]: unknown;
}

/** Values, a note and files that are recorded with the change. */
export const accompanied = (type: StagedType) => ({
  ...fieldSchemas(type),
  custom: CUSTOM,
  note: optional(lines('A note to go with it.')),
  attachments: OPTIONAL_ATTACHMENTS,
  ...OCCURRED_AT,
});

/** The values, the note and the stored files of a body. */
export async function accompanimentIn(
  type: StagedType,
  body: AccompaniedBody,
  commandId: string,
  recordId: string,
  { stores }: Leadledger,
): Promise<WithValues & WithNote> {
  const { note, attachments, custom } = body;
  const fields = fieldsIn(type, body) as JsonObject;
  const stored = await storeFiles(stores.files, attachments, commandId, recordId);
  return {
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(custom !== undefined && { custom }),
    ...(note !== undefined && { note }),
    ...(stored.length > 0 && { attachments: stored }),
  };
}
