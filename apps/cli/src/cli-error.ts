/** What ends a command, in one line for whoever gave it. */
export class CliError extends Error {
  constructor(
    message: string,
    /** 1: it failed; 2: it was given wrongly. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
    this.name = 'CliError';
  }
}
