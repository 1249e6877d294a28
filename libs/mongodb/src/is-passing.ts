import { MongoBulkWriteError, MongoError, MongoNetworkError, MongoServerError } from 'mongodb';
import { DUPLICATE_KEY, writeErrorsOf } from './duplicate-key.js';

/**
 * Codes of errors that pass by themselves: a primary that steps down or is not yet one, a server that shuts down, a time limit, an index
 * build or a chunk in the way. From MongoDB's lists of retryable reads and writes, and of state changes.
 */
const PASSING = new Set([
  6, 7, 24, 43, 50, 64, 89, 91, 112, 133, 134, 189, 202, 234, 262, 317, 358, 384, 391, 412, 9001,
  10107, 11600, 11602, 12586, 12587, 13388, 13435, 13436, 91331,
]);
const LABELS = ['RetryableWriteError', 'RetryableError', 'TransientTransactionError', 'ResetPool'];
/** Name of the error when no server was found in time: an election may still be under way. */
const NO_SERVER = 'MongoServerSelectionError';

/** Of sockets, when the other side has hung up. */
const BROKEN = new Set([
  'ECONNABORTED',
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ETIMEDOUT',
]);

/** Node's own error, which the driver lets through when it writes to a socket that has just been closed from the other side. */
export function isBrokenSocket(error: unknown): boolean {
  return error instanceof Error && 'code' in error && BROKEN.has(String(error.code));
}

/** Whether the same call may succeed a little later. */
export function isPassing(error: unknown): boolean {
  if (isBrokenSocket(error)) return true;
  if (!(error instanceof MongoError)) return false;
  if (error instanceof MongoNetworkError || error.name === NO_SERVER) return true;
  if (LABELS.some((label) => error.hasErrorLabel(label))) return true;
  if (error instanceof MongoBulkWriteError) return isPassingBulk(error);
  return error instanceof MongoServerError && PASSING.has(Number(error.code));
}

/** What kept a bulk write from being sent or answered it carries with it; documents that were there already say nothing. */
function isPassingBulk(error: MongoBulkWriteError): boolean {
  const cause: unknown = error.errorResponse;
  if (cause instanceof MongoError || isBrokenSocket(cause)) return isPassing(cause);
  const concern = error.result.getWriteConcernError();
  const codes = [error, ...writeErrorsOf(error), ...(concern ? [concern] : [])]
    .map(({ code }) => Number(code))
    .filter((code) => code !== DUPLICATE_KEY);
  return codes.length > 0 && codes.every((code) => PASSING.has(code));
}
