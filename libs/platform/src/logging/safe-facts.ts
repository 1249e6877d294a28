import type { LogFacts } from './logger.port.js';
import { type SafeError, safeError } from './safe-error.js';

/** Names under which values must not be written, even when someone passes them. */
const UNSPEAKABLE =
  /^(?:authorization|cookie|set-?cookie|.*password|.*secret|.*token|body|headers?|payload|query|q|filter|url|e-?mails?|phones?|note|text)$/i;
const LONGEST = 500;

export type SafeFacts = Record<string, string | number | boolean | null | SafeError>;

/** The facts that may be written: plain values under harmless names, long texts cut. */
export function safeFacts(facts: LogFacts): SafeFacts {
  const safe: SafeFacts = {};
  for (const [name, value] of Object.entries(facts)) {
    if (name === 'error') safe[name] = safeError(value);
    else if (UNSPEAKABLE.test(name)) safe[name] = '[redacted]';
    else if (typeof value === 'string') safe[name] = value.slice(0, LONGEST);
    else if (typeof value === 'number' || typeof value === 'boolean' || value === null) {
      safe[name] = value;
    }
  }
  return safe;
}
