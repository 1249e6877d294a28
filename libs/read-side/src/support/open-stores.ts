import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Actor,
  ALL_EVENTS,
  type DomainEvent,
  defineEvent,
  type JsonObject,
  type Position,
  type Uuid,
} from '#crm';
import {
  createEventLog,
  createRegistry,
  openEmbeddedEventStore,
  openEmbeddedKeyRing,
  type SealingEventLog,
} from '#event-store';
import { openEmbeddedReadStore, type ReadStore } from '#read-store';

/** What tests of the read side stand on: the embedded stores in a folder of their own. */
export interface TestStores {
  readonly log: SealingEventLog;
  readonly readStore: ReadStore;
  /** Appends to the end of a stream and answers the position of the last event. */
  append(stream: string, ...events: readonly TestEvent[]): Promise<Position>;
  /** Begins a stream with an event that the codec need not know. */
  appendRaw(stream: string, type: string, data: JsonObject): Promise<Position>;
  close(): Promise<void>;
}

export type TestEvent = DomainEvent & {
  readonly occurredAt?: string;
  readonly recordedAt?: string;
  readonly actor?: Actor;
};

export const TEST_ACTOR: Actor = { kind: 'user', id: 'b61f5a1e-64a4-4c3f-8d6e-0c7d1f6a2b01' };

/** An event whose projection is told to fail: see `engine.spec.ts`. */
const TEST_DEFINITIONS = [defineEvent('Counted', 'Of tests.'), defineEvent('Renamed', 'Of tests.')];

export async function openStores(
  readStore: ReadStore = openEmbeddedReadStore({}),
): Promise<TestStores> {
  const folder = mkdtempSync(join(tmpdir(), 'read-side-'));
  const store = await openEmbeddedEventStore({ folder });
  const keys = await openEmbeddedKeyRing({ folder });
  const registry = createRegistry([...ALL_EVENTS, ...TEST_DEFINITIONS]);
  const log = createEventLog({ store, registry, keys });
  const revisions = new Map<string, { revision: number; keyId?: Uuid }>();
  let clock = Date.parse('2026-03-01T08:00:00.000Z');
  return {
    log,
    readStore,
    async append(stream, ...events) {
      const before = revisions.get(stream);
      const commandId = randomUUID();
      const appended = await log.append({
        stream,
        expected: before?.revision ?? 'no_stream',
        ...(before?.keyId && { keyId: before.keyId }),
        events: events.map(({ occurredAt, recordedAt, actor, ...event }) => {
          clock += 1_000;
          const now = new Date(clock).toISOString();
          return {
            id: randomUUID(),
            event,
            metadata: {
              actor: actor ?? TEST_ACTOR,
              commandId,
              correlationId: commandId,
              causationId: commandId,
              recordedAt: recordedAt ?? now,
              occurredAt: occurredAt ?? recordedAt ?? now,
              settingsRevision: 0,
            },
          };
        }),
      });
      const { revision, keyId } = appended;
      revisions.set(stream, { revision, ...(keyId && { keyId }) });
      return appended.position;
    },
    async appendRaw(stream, type, data) {
      const metadata = { schemaVersion: 1 };
      const events = [{ id: randomUUID(), type, data, metadata }];
      return (await store.append({ stream, expected: 'no_stream', events })).position;
    },
    async close() {
      await readStore.close();
      await store.close();
      await keys.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
