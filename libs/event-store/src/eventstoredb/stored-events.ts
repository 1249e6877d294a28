import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { JsonObject } from '#crm';
import type { StoredEvent } from '../event-store.port.js';
import { toPosition, toRevision } from './positions.js';

type Read = NonNullable<ResolvedEvent['event'] | AllStreamResolvedEvent['event']>;

/**
 * Whether an event can come from an append of the port. Others share the log: the server's own, whose streams or types begin
 * with `$`, links, and what other programs wrote in other formats.
 */
export function isOrdinary({ streamId, type, isJson, data }: Read): boolean {
  return !streamId.startsWith('$') && !type.startsWith('$') && isJson && isObject(data);
}

/** @throws RangeError its revision or position is too large for a number */
export function toStoredEvent(event: Read): StoredEvent {
  const { id, type, streamId, data, metadata, revision, position } = event;
  return {
    id,
    type,
    data: data as JsonObject,
    metadata: (isObject(metadata) ? metadata : {}) as JsonObject,
    stream: streamId,
    revision: toRevision(revision),
    position: toPosition(position?.commit ?? -1n),
  };
}

function isObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array)
  );
}
