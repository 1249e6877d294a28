import { MongoBulkWriteError, MongoServerError } from 'mongodb';

const DUPLICATE_KEY = 11_000;

/** Whether the write failed because a document with its `_id` is there. */
export function isDuplicateId(error: unknown): boolean {
  return error instanceof MongoServerError && isOfId(error.code, error.keyPattern, error.message);
}

/**
 * Whether all that a bulk write failed of is documents whose `_id` is there: everything else of it was written as its write concern
 * wants it.
 */
export function failedByDuplicateIds(error: unknown): boolean {
  if (!(error instanceof MongoBulkWriteError)) return false;
  const writeErrors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  return (
    writeErrors.length > 0 &&
    error.result.getWriteConcernError() === undefined &&
    writeErrors.every(({ code, errmsg, err }) =>
      isOfId(code, 'keyPattern' in err ? err.keyPattern : undefined, errmsg ?? ''),
    )
  );
}

/** A unique index that somebody else made fails with the same code, and means that something was not written. */
function isOfId(code: unknown, keyPattern: unknown, message: string): boolean {
  if (code !== DUPLICATE_KEY) return false;
  if (typeof keyPattern === 'object' && keyPattern !== null) return '_id' in keyPattern;
  return message.includes('_id_');
}
