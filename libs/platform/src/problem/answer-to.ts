import { Refusal, type RefusalKind } from '#crm';
import type { Answer } from './answer.js';
import { frameworkAnswer } from './framework-answer.js';
import { HttpProblem } from './http-problem.js';
import { makeProblem } from './problem.js';
import { storeAnswer } from './store-answer.js';

const STATUS_OF_REFUSAL: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  precondition: 412,
  'too-large': 413,
  rule: 422,
};

/** The answer to any error whatsoever. What is not known is a 500 that tells nothing of the inside. */
export function answerTo(error: unknown): Answer {
  if (error instanceof Refusal) {
    const status = STATUS_OF_REFUSAL[error.kind];
    return {
      problem: makeProblem(status, error.code, error.detail, error),
      headers: {},
      log: 'none',
    };
  }
  if (error instanceof HttpProblem) {
    const { status, code, detail, details, headers } = error;
    const log = status < 500 ? 'none' : 'warn';
    return { problem: makeProblem(status, code, detail, details), headers, log };
  }
  return storeAnswer(error) ?? frameworkAnswer(error) ?? INTERNAL_ERROR;
}

const INTERNAL_ERROR: Answer = {
  problem: makeProblem(500, 'internal_error', 'Something went wrong on our side.'),
  headers: {},
  log: 'error',
};
