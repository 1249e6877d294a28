import type { ProblemDetails } from './problem.js';

/** An error that is about HTTP itself, such as a missing token: what the domain refuses is a `Refusal`. */
export class HttpProblem extends Error {
  /** Sent with the answer, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly details: ProblemDetails & { readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(`${code}: ${detail}`);
    this.name = 'HttpProblem';
    this.headers = details.headers ?? {};
  }
}
