import { Refusal } from '#crm';

/** A file that cannot be imported at all. `line` is from 1. */
export class ContentProblem extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly line?: number,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'ContentProblem';
  }

  /** As the API says it (422; 413 for what is too large). */
  refusal(): Refusal {
    const at = this.line === undefined ? '' : ` (line ${this.line})`;
    const message = `${this.detail}${at}`;
    const kind = this.code === 'file_too_large' ? 'too-large' : 'rule';
    return new Refusal(kind, this.code, message, {
      errors: [{ path: 'content', code: this.code, message }],
      facts: this.line === undefined ? {} : { line: this.line },
    });
  }
}
