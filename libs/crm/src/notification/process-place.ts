import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { LogPlace } from './log-place.js';

/** How far a process has followed the log: everything up to there is done. The latest tells all. */
export type ProcessReached = DomainEvent<'ProcessReached', { readonly at: LogPlace }>;

export const PROCESS_EVENTS: readonly EventDefinition[] = [
  defineEvent('ProcessReached', 'A process has done what is owed to the log up to this event.'),
];

/** The stream of how far a process is. */
export function processStream(name: string): string {
  return `process-${name}`;
}
