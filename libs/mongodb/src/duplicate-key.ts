import { MongoBulkWriteError, MongoServerError, type WriteError } from 'mongodb';

export const DUPLICATE_KEY = 11_000;

/** Whether the write failed because a unique index has its key. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/** Whether the write failed because a document with its `_id` is there. */
export function isDuplicateId(error: unknown): boolean {
  return error instanceof MongoServerError && isOfId(error.code, error.keyPattern, error.message);
}

/**
 * Places among a bulk write's operations of those that failed because a document with their `_id` is there, when nothing else failed: all
 * others were then written as the write concern wants it. Undefined when something else failed.
 */
export function duplicateIdsIn(error: unknown): readonly number[] | undefined {
  if (!(error instanceof MongoBulkWriteError)) return undefined;
  if (error.result.getWriteConcernError() !== undefined) return undefined;
  const writeErrors = writeErrorsOf(error);
  const all = writeErrors.every(({ code, errmsg, err }) =>
    isOfId(code, 'keyPattern' in err ? err.keyPattern : undefined, errmsg ?? ''),
  );
  return all && writeErrors.length > 0 ? writeErrors.map(({ index }) => index) : undefined;
}

/** The errors of a bulk write's single operations. */
export function writeErrorsOf({ writeErrors }: MongoBulkWriteError): readonly WriteError[] {
  return [writeErrors ?? []].flat();
}

/**
 * A unique index that somebody else made fails with the same code, and means that something was not written. Some services name no
 * index: it is the one that every collection has, since others that refuse documents are refused when collections are ensured.
 */
function isOfId(code: unknown, keyPattern: unknown, message: string): boolean {
  if (code !== DUPLICATE_KEY) return false;
  if (typeof keyPattern === 'object' && keyPattern !== null) return '_id' in keyPattern;
  const [beforeKey = ''] = message.split(' dup key');
  const [, index] = /\bindex:? ['"]?([^\s'"]+)/i.exec(beforeKey) ?? [];
  return index === undefined || /(?:^|\.\$)_id_$/.test(index);
}
