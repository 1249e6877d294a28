import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Uuid } from '../kernel/ids.js';
import type { RecordRef } from '../record/record-type.js';

/**
 * A merge is asked for under a key of the caller's choosing. Which records it is about does not follow from the key, so a second merge under
 * it would meet nothing of the first on their streams: it meets this.
 */
export type MergeRequested = DomainEvent<
  'MergeRequested',
  { readonly records: readonly RecordRef[] }
>;

export const MERGE_REQUEST_EVENTS: readonly EventDefinition[] = [
  defineEvent('MergeRequested', 'A merge was asked for; its Idempotency-Key is for no other.'),
];

/** The stream of one key, by the command that it makes. */
export function mergeRequestStream(commandId: Uuid): string {
  return `merge-request-${commandId}`;
}
