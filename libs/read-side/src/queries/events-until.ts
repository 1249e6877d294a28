import { parseInstant, type Recorded } from '#crm';
import { type AsOf, InvalidQuery } from './query-context.js';

/** Tells what had happened by a moment, or had been recorded. @throws InvalidQuery the moment cannot be read */
export function eventsUntil(asOf: AsOf): (event: Recorded) => boolean {
  if ('position' in asOf) return ({ position }) => position <= asOf.position;
  const at = parseInstant(asOf.at);
  if (!at) throw new InvalidQuery('asOf', 'it is a moment in ISO 8601 with an offset');
  const clock = asOf.by ?? 'occurredAt';
  return ({ metadata }) => metadata[clock] <= at;
}
