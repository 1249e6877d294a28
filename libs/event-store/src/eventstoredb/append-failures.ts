import { ErrorType, type WrongExpectedVersionError } from '@eventstore/db-client';
import {
  AppendTooLarge,
  InvalidAppend,
  StoreMisconfigured,
  WrongExpectedRevision,
} from '../errors.js';
import { MAX_APPEND_BYTES } from '../event-store.port.js';
import type { PreparedAppend } from '../prepare-append.js';
import { asCommandError, messageOf, refusesCredentials, wasNotTaken } from './client-errors.js';
import { toRevision } from './positions.js';

/** What a try that failed tells of the append. */
export type Failure =
  /** It will not be stored: this is the answer. */
  | { readonly kind: 'refused'; readonly error: Error }
  /** This try did not store it. */
  | { readonly kind: 'not-taken'; readonly cause: unknown }
  /** It is stored, or will be, or not. */
  | { readonly kind: 'unknown'; readonly cause: unknown };

/** @param repeated an earlier try is unknown, and may still be stored */
export function failureOf(error: unknown, append: PreparedAppend, repeated: boolean): Failure {
  const { stream } = append;
  const refused = (reason: Error): Failure =>
    repeated ? { kind: 'unknown', cause: reason } : { kind: 'refused', error: reason };
  const told = asCommandError(error);
  if (told) {
    switch (told.type) {
      case ErrorType.WRONG_EXPECTED_VERSION:
        return wrongRevision(told, append, repeated);
      case ErrorType.STREAM_DELETED:
        return refused(new InvalidAppend(stream, 'the stream was deleted for ever'));
      case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
        // Servers can be set to take less.
        return refused(
          new AppendTooLarge(stream, bytesOf(append), told.maxAppendSize ?? MAX_APPEND_BYTES),
        );
    }
  }
  if (refusesCredentials(error)) {
    return refused(new StoreMisconfigured(`stream ${stream}`, 'its credentials may not append'));
  }
  if (messageOf(error).endsWith('BadRequest')) {
    return refused(new InvalidAppend(stream, 'the server finds it malformed'));
  }
  return { kind: wasNotTaken(error) ? 'not-taken' : 'unknown', cause: error };
}

function wrongRevision(
  { actualVersion }: WrongExpectedVersionError,
  { stream, expected }: PreparedAppend,
  repeated: boolean,
): Failure {
  const actual = typeof actualVersion === 'bigint' ? toRevision(actualVersion) : 'no_stream';
  const error = new WrongExpectedRevision(stream, expected, actual);
  const wanted = expected === 'no_stream' ? -1 : expected;
  const reached = actual === 'no_stream' ? -1 : actual;
  // A stream that is not beyond what was expected can still come to where an earlier try is stored.
  if (repeated && reached <= wanted) return { kind: 'unknown', cause: error };
  return { kind: 'refused', error };
}

function bytesOf({ events }: PreparedAppend): number {
  return events.reduce((sum, { data }) => sum + Buffer.byteLength(data), 0);
}
