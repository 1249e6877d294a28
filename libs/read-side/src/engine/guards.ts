import type { Position } from '#crm';

/**
 * Guards of writes that events lead to, and of such as mend what was written. Mending up to a position comes after all that was written
 * for the same position, and before all that is written for a later one.
 */
export function guardAt(position: Position): number {
  return position * 2;
}

/** See `guardAt`. */
export function mendedAt(position: Position): number {
  return position * 2 + 1;
}
