import { Refusal } from '#crm';
import { isError } from './is-error.js';

/** What may be written of an error. */
export interface SafeError {
  readonly name: string;
  readonly code?: string;
  readonly message?: string;
  /** Call sites, without the message that heads a stack. */
  readonly stack?: string;
  readonly cause?: SafeError;
}

/** Errors of the product whose messages are made of stream names, folders and counts, never of personal values. */
const PLAIN_SPOKEN = new Set([
  'AppendTooLarge',
  'BehindParkedEvent',
  'ConfigError',
  'InvalidAppend',
  'OutcomeUnknown',
  'PrivateFileError',
  'ProviderUnavailable',
  'ReadStoreUnavailable',
  'SealBroken',
  'StoreDamaged',
  'StoreLocked',
  'StoreUnavailable',
  'UnknownEventType',
  'UnknownReadModel',
  'WrongExpectedRevision',
]);

/** The engine's messages that hold only names from the source. Others may quote a value: `"Khương" is not valid JSON`. */
const ENGINE_MESSAGES = [
  /^Cannot (?:read|set) properties of (?:undefined|null) \((?:reading|setting) '[A-Za-z_$][\w$]*'\)$/,
  /^(?:\(intermediate value\)|[A-Za-z_$][\w$]*)(?:\.[A-Za-z_$][\w$]*)* is not (?:a function|iterable|defined|a constructor)$/,
  /^Maximum call stack size exceeded$/,
];

const DEEPEST_CAUSE = 3;

/** An error for the log: where it happened and of which kind, without values that could be someone's. A refusal is its code alone. */
export function safeError(error: unknown, depth = 0): SafeError {
  if (error instanceof Refusal) return { name: error.name, code: error.code };
  if (!isError(error)) return { name: typeof error };
  const nested = error.cause !== undefined && depth < DEEPEST_CAUSE;
  return {
    name: error.name,
    code: codeOf(error),
    message: mayBeWritten(error) ? error.message : undefined,
    stack: callSites(error.stack),
    cause: nested ? safeError(error.cause, depth + 1) : undefined,
  };
}

function codeOf(error: Error): string | undefined {
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(code) ? code : undefined;
}

function mayBeWritten(error: Error): boolean {
  return (
    PLAIN_SPOKEN.has(error.name) || ENGINE_MESSAGES.some((pattern) => pattern.test(error.message))
  );
}

function callSites(stack: string | undefined): string | undefined {
  const lines = stack?.split('\n').filter((line) => /^ {4}at \S.*[:(<]/.test(line));
  return lines?.length ? lines.map((line) => line.trim()).join('\n') : undefined;
}
