import type { Instant } from '#crm';

/** The one source of time. */
export interface Clock {
  /** The present moment. */
  now(): Instant;
}

/** The clock of this machine. */
export const systemClock: Clock = { now: () => new Date().toISOString() };

/** A clock for tests that stands still until it is moved. */
export interface SettableClock extends Clock {
  /** @throws RangeError not a moment */
  set(instant: Instant): void;
  /** Moves by milliseconds; a negative number goes back, as a corrected clock does. */
  advance(ms: number): void;
}

/** A settable clock that starts at `start`. */
export function settableClock(start: Instant): SettableClock {
  let at = millisecondsOf(start);
  return {
    now: () => new Date(at).toISOString(),
    set(instant) {
      at = millisecondsOf(instant);
    },
    advance(ms) {
      at += ms;
    },
  };
}

function millisecondsOf(instant: Instant): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new RangeError('Not a moment in ISO 8601.');
  return ms;
}
