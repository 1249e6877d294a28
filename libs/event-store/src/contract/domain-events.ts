import { randomBytes, randomUUID } from 'node:crypto';
import type { EventMetadata, Uuid } from '#crm';
import type { NewEvent } from '../event-log.port.js';
import type { EventData, StoredEvent } from '../event-store.port.js';
import type { DataKey } from '../key-ring/key-ring.port.js';

/** A key that no ring holds. */
export function newKey(): DataKey {
  return { id: randomUUID(), key: randomBytes(32) };
}

export function metadata(): Omit<EventMetadata, 'schemaVersion'> {
  const id: Uuid = '5f0c7f4e-3c56-4a34-9a3f-0d6a3e7d5f10';
  return {
    actor: { kind: 'user', id },
    commandId: id,
    correlationId: id,
    causationId: id,
    recordedAt: '2026-03-01T09:30:00.000Z',
    occurredAt: '2026-03-01T09:30:00.000Z',
    settingsRevision: 0,
  };
}

export function newEvent(type: string, data: object): NewEvent {
  return { id: randomUUID(), event: { type, data }, metadata: metadata() };
}

/** The event as it comes back from a store: written as JSON and read. */
export function throughJson(stream: string, event: EventData): StoredEvent {
  const written = JSON.parse(JSON.stringify(event)) as EventData;
  return { ...written, stream, revision: 0, position: 7 };
}
