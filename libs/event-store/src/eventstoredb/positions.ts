import { END, type Position as LogPosition, START } from '@eventstore/db-client';
import type { Position, Revision } from '#crm';

/** Where a read or subscription begins. */
export type Start = LogPosition | typeof START | typeof END;

/**
 * A position of the port is the commit position. This server's events have the same prepare position, and a checkpoint, whose
 * prepare position can be 0, resumes at the same place with it.
 */
export function startAt(position: Position): Start {
  // No event is at 0, and BEFORE_FIRST is before it.
  if (position <= 0) return START;
  return { commit: BigInt(position), prepare: BigInt(position) };
}

/** @throws RangeError a number cannot hold it exactly; the log has more than 8 PiB then */
export function toPosition(commit: bigint): Position {
  return exact(commit, 'position');
}

/** @throws RangeError a number cannot hold it exactly */
export function toRevision(revision: bigint): Revision {
  return exact(revision, 'revision');
}

function exact(value: bigint, what: string): number {
  if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  throw new RangeError(
    `The event store gave ${what} ${value}, which a number does not hold exactly.`,
  );
}
