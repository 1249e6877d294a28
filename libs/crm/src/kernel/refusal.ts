import type { JsonObject } from './json.js';

/**
 * Why a command was refused, by what the caller can do about it.
 * - `invalid`: the value cannot be read (HTTP 400)
 * - `forbidden`: the caller lacks the right (403)
 * - `not-found`: there is no such record for this caller (404)
 * - `conflict`: the record is in a state that does not allow it, or a choice is needed (409)
 * - `precondition`: the record is not at the revision that the caller named (412)
 * - `too-large`: the content exceeds a limit (413)
 * - `rule`: understood, but a rule of the product forbids it (422)
 */
export type RefusalKind =
  | 'invalid'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'precondition'
  | 'too-large'
  | 'rule';

/** One thing wrong with one value. `path` is dotted as in the body: `custom.budget`, `phones.0`. */
export interface FieldError {
  readonly path: string;
  /** Stable, snake_case, e.g. `required`, `unknown_field`, `invalid_email`. */
  readonly code: string;
  readonly message: string;
}

export interface RefusalDetails {
  readonly errors?: readonly FieldError[];
  /** Facts needed to act: `candidates`, `survivor`, `pipelines`, … */
  readonly facts?: JsonObject;
}

/** A refused command. It leaves no event behind. `code` is stable and snake_case; `detail` is for a person and names no personal value. */
export class Refusal extends Error {
  readonly errors: readonly FieldError[];
  readonly facts: JsonObject;

  constructor(
    readonly kind: RefusalKind,
    readonly code: string,
    readonly detail: string,
    details: RefusalDetails = {},
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Refusal';
    this.errors = details.errors ?? [];
    this.facts = details.facts ?? {};
  }
}

/** Refuses with `invalid` when there are errors. */
export function refuseInvalid(errors: readonly FieldError[]): void {
  if (errors.length === 0) return;
  throw new Refusal('invalid', 'invalid_fields', 'Some values cannot be accepted.', { errors });
}

/** The refusal of a part, with paths as in the whole: those that `concerns` picks begin with `name`. */
export function refusalWithin(
  name: string,
  refusal: Refusal,
  concerns: (path: string) => boolean = () => true,
): Refusal {
  const { kind, code, detail, facts } = refusal;
  const errors = refusal.errors.map((error) =>
    concerns(error.path) ? { ...error, path: `${name}.${error.path}` } : error,
  );
  return new Refusal(kind, code, detail, { errors, facts });
}

/** Runs a check of the part at `path`; what it refuses is refused with that path as what is wrong. */
export function checkedAt<Result>(path: string, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { kind, code, detail, facts } = error;
    throw new Refusal(kind, code, detail, {
      errors: [{ path, code, message: detail }],
      facts,
    });
  }
}
