import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEvent } from '#crm';
import { createRegistry } from './codec/registry.js';
import { newEvent } from './contract/domain-events.js';
import { openEmbeddedEventStore } from './embedded/embedded-event-store.js';
import { UnknownEventType } from './errors.js';
import { createEventLog, type SealingEventLog } from './event-log.js';
import type { EventStore } from './event-store.port.js';
import { openEmbeddedKeyRing } from './key-ring/embedded-key-ring.js';
import type { KeyRing } from './key-ring/key-ring.port.js';

const registry = createRegistry([
  defineEvent('LeadCaptured', 'The lead came into being.', { paths: ['email'], changedFields: [] }),
  defineEvent('LeadTagged', 'Tags changed.'),
]);

describe('The event log', () => {
  let folder: string;
  let store: EventStore;
  let keys: KeyRing;
  let log: SealingEventLog;
  let loads: number;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'log '));
    store = await openEmbeddedEventStore({ folder });
    keys = await openEmbeddedKeyRing({ folder });
    loads = 0;
    const counting: KeyRing = {
      ...keys,
      load: (ids) => {
        loads += 1;
        return keys.load(ids);
      },
    };
    log = createEventLog({ store, registry, keys: counting });
  });
  afterEach(async () => {
    await store.close();
    await keys.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** A log that remembers no key. */
  const elsewhere = () => createEventLog({ store, registry, keys });
  const captured = (email = 'k@example.vn') => newEvent('LeadCaptured', { email, tags: [] });
  const capture = async (stream = `lead-${randomUUID()}`) => {
    const events = [captured()];
    return { stream, ...(await log.append({ stream, expected: 'no_stream', events })) };
  };

  it('gives domain events back with their place', async () => {
    const stream = 'lead-1';
    const event = captured();
    const appended = await log.append({ stream, expected: 'no_stream', events: [event] });
    const slice = await log.readStream({ stream });
    expect(slice).toEqual({
      keyId: appended.keyId,
      events: [
        {
          ...event.event,
          id: event.id,
          stream,
          revision: 0,
          position: appended.position,
          metadata: { ...event.metadata, schemaVersion: 1 },
        },
      ],
    });
  });

  it('stores no personal value in the clear', async () => {
    const { stream } = await capture();
    const [event] = await store.readStream({ stream });
    expect(JSON.stringify(event)).not.toContain('example.vn');
  });

  it('goes on with the key of the stream', async () => {
    const { stream, keyId } = await capture();
    expect(keyId).toBeDefined();
    const more = { stream, expected: 0, events: [captured('other@example.vn')] };
    expect((await log.append({ ...more, keyId: keyId as string })).keyId).toBe(keyId);
    const other = await capture();
    expect(other.keyId).not.toBe(keyId);
  });

  it('uses no key when nothing is personal', async () => {
    const events = [newEvent('LeadTagged', { added: ['x'] })];
    const appended = await log.append({ stream: 'lead-1', expected: 'no_stream', events });
    expect(appended).not.toHaveProperty('keyId');
    expect(await log.readStream({ stream: 'lead-1' })).not.toHaveProperty('keyId');
  });

  it('names the newest key of a stream, whichever way it is read', async () => {
    const { stream, keyId } = await capture();
    const events = [newEvent('LeadTagged', { added: ['x'] })];
    await log.append({ stream, expected: 0, events, keyId: keyId as string });
    for (const direction of ['forwards', 'backwards'] as const) {
      expect((await log.readStream({ stream, direction })).keyId).toBe(keyId);
    }
  });

  it('loads the keys of a batch in one query, and remembers them', async () => {
    for (let n = 0; n < 20; n += 1) await capture();
    let queries = 0;
    const load: KeyRing['load'] = (ids) => {
      queries += 1;
      return keys.load(ids);
    };
    const fresh = createEventLog({ store, registry, keys: { ...keys, load } });
    for (let n = 0; n < 2; n += 1) {
      const events = await fresh.readAll({ limit: 100 });
      expect(events.map(({ data }) => data)).toEqual(events.map(() => captured().event.data));
    }
    expect(queries).toBe(1);
  });

  it('loads no key to read sealed', async () => {
    const { stream } = await capture();
    const fresh = elsewhere();
    const erasing = { ...keys, load: () => Promise.reject(new Error('loaded')) };
    const blind = createEventLog({ store, registry, keys: erasing });
    const [event] = (await blind.readStream({ stream, sealed: true })).events;
    expect(event?.data).toEqual({ tags: [] });
    expect((await fresh.readStream({ stream })).events[0]?.data).toHaveProperty('email');
  });

  it('reads as erased at once what an erased key sealed, here and elsewhere', async () => {
    const { stream, keyId } = await capture();
    const kept = await capture();
    await log.erase([keyId as string]);
    for (const reading of [log, elsewhere()]) {
      const [event] = (await reading.readStream({ stream })).events;
      expect(event).toMatchObject({ erased: true, data: { tags: [] } });
      const [other] = (await reading.readStream({ stream: kept.stream })).events;
      expect(other?.data).toHaveProperty('email');
    }
  });

  it('gives an erased stream that goes on a new key', async () => {
    const { stream, keyId } = await capture();
    await log.erase([keyId as string]);
    const events = [captured('new@example.vn')];
    const appended = await log.append({ stream, expected: 0, events, keyId: keyId as string });
    expect(appended.keyId).not.toBe(keyId);
    const slice = await elsewhere().readStream({ stream });
    expect(slice.events[1]?.data).toMatchObject({ email: 'new@example.vn' });
    expect(slice.keyId).toBe(appended.keyId);
  });

  it('opens what an append sealed that was repeated', async () => {
    const events = [captured()];
    const append = { stream: 'lead-1', expected: 'no_stream' as const, events };
    const answers = await Promise.all(Array.from({ length: 8 }, () => log.append(append)));
    expect(new Set(answers.map(({ revision }) => revision))).toEqual(new Set([0]));
    const { events: read } = await elsewhere().readStream({ stream: 'lead-1' });
    expect(read.map(({ data }) => data)).toEqual([captured().event.data]);
  });

  it('gives hundreds of simultaneous new streams a key each', async () => {
    const made = await Promise.all(Array.from({ length: 300 }, () => capture()));
    expect(new Set(made.map(({ keyId }) => keyId)).size).toBe(300);
    expect(loads).toBe(0);
  });

  it('refuses a type without a definition, and stores nothing of the append', async () => {
    const events = [captured(), newEvent('Strange', {})];
    const refusal = log.append({ stream: 'lead-1', expected: 'no_stream', events });
    await expect(refusal).rejects.toThrow(UnknownEventType);
    expect(await log.head()).toBe(-1);
  });

  it('passes on what another version wrote, marked', async () => {
    const event = { id: randomUUID(), type: 'LeadScored', data: { n: 1 }, metadata: {} };
    await store.append({ stream: 'lead-1', expected: 'no_stream', events: [event] });
    expect(await log.readAll({ limit: 1 })).toMatchObject([{ unreadable: 'unknown-type' }]);
  });

  it('subscribes to opened events', async () => {
    await capture();
    const ending = new AbortController();
    const seen: unknown[] = [];
    for await (const { events, live } of log.subscribe({ signal: ending.signal })) {
      seen.push(...events.map(({ data }) => data));
      if (live) ending.abort();
    }
    expect(seen).toEqual([captured().event.data]);
  });
});
