import type { Log, Recorded } from './log.js';

/** A stream as its reads see it. */
export interface VisibleStream {
  /** All of its events, the hidden ones too; an event's index is its revision. */
  readonly events: readonly Recorded[];
  /** The first revision that is not hidden; one past the last when all are. */
  readonly first: number;
}

/** Undefined for a stream that is missing, or deleted softly. */
export function visibleStream(log: Log, name: string): VisibleStream | undefined {
  const events = log.stream(name);
  if (events.length === 0) return undefined;
  const { truncateBefore = 0, maxAge, softDeleted, ...own } = log.metadataOf(name);
  // Of metadata the last counts.
  const maxCount = name.startsWith('$$') ? 1 : own.maxCount;
  if (softDeleted) return undefined;
  let first = Math.max(truncateBefore, maxCount ? events.length - maxCount : 0);
  const oldest = maxAge ? Date.now() - 1_000 * maxAge : 0;
  while (first < events.length && (events[first]?.created ?? 0) < oldest) first += 1;
  return { events, first: Math.min(first, events.length) };
}
