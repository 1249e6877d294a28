import type { EventMetadata } from '../kernel/event.js';

/** As late as this may be recorded what somebody is to be told of, in ms: a phone that was without a network for a working day. */
const NEWS_MS = 24 * 3_600_000;

/** Whether an event tells of the past, as an import of an older system's records does: nobody is told of what was over long ago. */
export function isHistory({
  occurredAt,
  recordedAt,
}: Pick<EventMetadata, 'occurredAt' | 'recordedAt'>): boolean {
  return Date.parse(recordedAt) - Date.parse(occurredAt) > NEWS_MS;
}
