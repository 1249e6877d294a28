import type { LogPlace, Position, Recorded } from '#crm';
import type { EventLog } from '#event-store';

/** Where an event stands, for as long as its stream does. */
export function placeOf({ stream, revision }: Pick<Recorded, 'stream' | 'revision'>): LogPlace {
  return { stream, revision };
}

/** The position of a place in this log: to go on after it. @throws Error when the log does not have the event, as a part of a copy may not */
export async function positionOf(log: EventLog, place: LogPlace): Promise<Position | undefined> {
  if (!place) return undefined;
  const { stream, revision: from } = place;
  const { events } = await log.readStream({ stream, from, limit: 1, sealed: true });
  const [event] = events;
  if (event?.revision !== from) throw new Error('The log does not have the event to go on after.');
  return event.position;
}

/** The last place at or before a position; at the end of the log when left out. @throws UnknownPosition */
export async function placeAt(log: EventLog, position?: Position): Promise<LogPlace> {
  if (position !== undefined && position < 0) return null;
  const from = position === undefined ? {} : { from: position };
  const [last] = await log.readAll({ direction: 'backwards', ...from, limit: 1, sealed: true });
  return last ? placeOf(last) : null;
}
