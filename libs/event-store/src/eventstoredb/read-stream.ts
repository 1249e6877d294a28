import {
  BACKWARDS,
  END,
  ErrorType,
  type EventStoreDBClient,
  FORWARDS,
  START,
} from '@eventstore/db-client';
import type { ReadStream, StoredEvent } from '../event-store.port.js';
import { asCommandError } from './client-errors.js';
import { checkWhole, eachEvent } from './reading.js';
import { isOrdinary, toStoredEvent } from './stored-events.js';

/**
 * Asks the leader, so that who has just appended reads what they appended.
 *
 * @param ms longest time without an answer
 */
export async function readStream(
  client: EventStoreDBClient,
  { stream, direction = FORWARDS, from, limit }: ReadStream,
  ms: number,
): Promise<readonly StoredEvent[]> {
  for (const value of [limit, from]) checkWhole(value);
  // The server takes a count of 0 for a fault.
  if (limit !== undefined && limit <= 0) return [];
  const options = {
    direction,
    fromRevision: from === undefined ? startIn(direction) : BigInt(from),
    requiresLeader: true,
    ...(limit !== undefined && { maxCount: limit }),
  };
  const events: StoredEvent[] = [];
  try {
    await eachEvent(client.readStream(stream, options), ms, (event) => {
      if (isOrdinary(event)) events.push(toStoredEvent(event));
      return false;
    });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return events;
}

function startIn(direction: typeof FORWARDS | typeof BACKWARDS): typeof START | typeof END {
  return direction === FORWARDS ? START : END;
}

function isMissing(error: unknown): boolean {
  const type = asCommandError(error)?.type;
  return type === ErrorType.STREAM_NOT_FOUND || type === ErrorType.STREAM_DELETED;
}
