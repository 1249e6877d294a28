import { Refusal } from '#crm';
import { ContentProblem } from './content-problem.js';

/** Why an import is given up, as it is recorded. */
export interface ImportFailure {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
}

/** Of one that broke off again and again. */
export const BROKEN: ImportFailure = {
  code: 'internal_error',
  message: 'The import broke off again and again; the log says where.',
};

/** The import was cancelled or ended by another: there is nothing left to record. */
export function isOver(error: unknown): boolean {
  return error instanceof Refusal && error.kind === 'conflict' && error.code.startsWith('import_');
}

/** What will not get better by trying again. */
export function failureOf(error: unknown): ImportFailure | undefined {
  if (error instanceof ContentProblem) {
    const { code, detail: message, line } = error;
    return { code, message, ...(line !== undefined && { line }) };
  }
  if (error instanceof Refusal) return { code: error.code, message: error.detail };
  return undefined;
}
