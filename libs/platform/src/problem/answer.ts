import type { Problem } from './problem.js';

/** What to send for an error, and how loud to be about it in the log. */
export interface Answer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** `none` for what callers do wrong, `warn` for outages that pass, `error` for faults of the product. */
  readonly log: 'none' | 'warn' | 'error';
}
