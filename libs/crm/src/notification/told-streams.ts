import { MATCH_KEY_EVENTS } from '../conversion/match-key-claim.js';
import { DELIVERY_EVENTS } from './delivery-events.js';
import { DISPATCH_EVENTS } from './dispatch-events.js';
import { PROCESS_EVENTS } from './process-place.js';
import { WEBHOOK_EVENTS } from './webhook-events.js';

/** Streams that the event feed and webhooks do not tell of: hashes of match keys, and the book-keeping of telling itself, which would go on for ever. */
const UNTOLD = ['key-', 'webhook-', 'dispatch-', 'delivery-', 'process-'] as const;

/** Types of the events in them. */
export const UNTOLD_TYPES: ReadonlySet<string> = new Set(
  [
    ...MATCH_KEY_EVENTS,
    ...WEBHOOK_EVENTS,
    ...DISPATCH_EVENTS,
    ...DELIVERY_EVENTS,
    ...PROCESS_EVENTS,
  ].map(({ type }) => type),
);

/** Whether integrators are told of the events of a stream. */
export function isToldStream(stream: string): boolean {
  return !UNTOLD.some((prefix) => stream.startsWith(prefix));
}
