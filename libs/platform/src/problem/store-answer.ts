import { isError } from '../logging/is-error.js';
import type { Answer } from './answer.js';
import { makeProblem } from './problem.js';

/** Seconds after which a caller may try again. */
const RETRY_AFTER = { 'retry-after': '1' };

type Explained = Error & { readonly path?: unknown; readonly why?: unknown };

/**
 * Answers to the errors of both stores' ports. They are known by name: this room serves every adapter and depends on none.
 */
const ANSWERS: Readonly<Record<string, (error: Explained) => Answer>> = {
  StoreUnavailable: () => unavailable('store_unavailable', 'Nothing was stored. Try again later.'),
  OutcomeUnknown: () =>
    unavailable(
      'outcome_unknown',
      'Whether the command took effect is not known. Repeat it with the same Idempotency-Key.',
    ),
  ReadStoreUnavailable: () =>
    unavailable('read_store_unavailable', 'Lists cannot be read at the moment. Try again later.'),
  FileStoreUnavailable: () =>
    unavailable(
      'file_store_unavailable',
      'Attachments cannot be stored or read at the moment. Try again later.',
    ),
  MongoUnavailable: () =>
    unavailable('store_unavailable', 'A database does not answer at the moment. Try again later.'),
  WrongExpectedRevision: () => ({
    problem: makeProblem(
      409,
      'changed_meanwhile',
      'The record kept changing while the command was decided. Try again.',
    ),
    headers: RETRY_AFTER,
    log: 'none',
  }),
  AppendTooLarge: () =>
    callersFault(413, 'too_large', 'The command holds more than one record can take at once.'),
  InvalidFilter: (error) => {
    const path = error.path ? `filter.${error.path}` : 'filter';
    const message = typeof error.why === 'string' ? error.why : 'not in the filter language';
    return callersFault(400, 'invalid_filter', 'The filter cannot be read.', {
      path,
      code: 'invalid_filter',
      message,
    });
  },
  InvalidCursor: () =>
    callersFault(400, 'invalid_cursor', 'The cursor does not belong to this query.', {
      path: 'cursor',
      code: 'invalid_cursor',
      message: 'Start again from the first page.',
    }),
  UnknownPosition: () =>
    callersFault(400, 'invalid_position', 'The log cannot be read from this position.', {
      path: 'after',
      code: 'invalid_position',
      message: 'Give a position that was answered, or start from the beginning.',
    }),
};

/** The answer to an error of a store, when it is one. */
export function storeAnswer(error: unknown): Answer | undefined {
  if (!isError(error) || !Object.hasOwn(ANSWERS, error.name)) return undefined;
  return ANSWERS[error.name]?.(error);
}

function unavailable(code: string, detail: string): Answer {
  return { problem: makeProblem(503, code, detail), headers: RETRY_AFTER, log: 'warn' };
}

function callersFault(
  status: number,
  code: string,
  detail: string,
  error?: { path: string; code: string; message: string },
): Answer {
  const errors = error ? [error] : [];
  return { problem: makeProblem(status, code, detail, { errors }), headers: {}, log: 'none' };
}
