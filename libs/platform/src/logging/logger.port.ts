/**
 * What an entry tells beside its message. Strings, numbers and booleans are written; `error` is written without personal
 * values (see `safe-error.ts`); anything else is left out, so that no body or record reaches a log by accident.
 */
export type LogFacts = Readonly<Record<string, unknown>>;

/** The log. Messages are constant sentences; what varies goes into the facts, and no personal value or secret into either. */
export interface Logger {
  debug(message: string, facts?: LogFacts): void;
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, facts?: LogFacts): void;
}

/** Says nothing: for tests and one-off tools. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
