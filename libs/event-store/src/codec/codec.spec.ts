import { defineEvent, type EventDefinition, type JsonObject } from '#crm';
import { newEvent, newKey, throughJson } from '../contract/domain-events.js';
import { InvalidAppend, SealBroken, UnknownEventType } from '../errors.js';
import type { StoredEvent } from '../event-store.port.js';
import { decode, draft, encode } from './codec.js';
import { createRegistry } from './registry.js';

const STREAM = 'lead-1';
const captured = defineEvent('LeadCaptured', 'The lead came into being.', {
  paths: ['fields.email', 'custom'],
  changedFields: [],
});
const edited = defineEvent('LeadEdited', 'Fields got other values.', {
  paths: [],
  changedFields: ['email', 'custom'],
});
const registry = createRegistry([captured, edited]);
const key = newKey();

function stored(type: string, data: object): StoredEvent {
  return throughJson(STREAM, encode(STREAM, draft(registry, STREAM, newEvent(type, data)), key));
}

describe('Sealing', () => {
  const data = { fields: { email: 'k@example.vn', title: 'Anh' }, custom: { a: 1 }, tags: ['x'] };

  it('leaves readable what is not personal, and names the key', () => {
    const event = stored('LeadCaptured', data);
    expect(event.data).toEqual({
      fields: { title: 'Anh' },
      tags: ['x'],
      sealed: expect.any(String),
    });
    expect(event.metadata).toMatchObject({ schemaVersion: 1, keyId: key.id });
  });

  it('keeps the order of changes and the names of their fields', () => {
    const changes = [
      { field: 'title', from: 'Anh', to: 'Chị' },
      { field: 'email', from: 'a@example.vn' },
      { field: 'custom.budget', to: 5 },
      { field: 'customer', to: 'kept' },
    ];
    const event = stored('LeadEdited', { changes });
    expect(event.data.changes).toEqual([
      changes[0],
      { field: 'email' },
      { field: 'custom.budget' },
      changes[3],
    ]);
    expect(decode(registry, event, key).data).toEqual({ changes });
  });

  it('seals nothing and needs no key when no personal value is there', () => {
    const drafted = draft(registry, STREAM, newEvent('LeadCaptured', { fields: { title: 'Anh' } }));
    const event = encode(STREAM, drafted, undefined);
    expect(event.data).toEqual({ fields: { title: 'Anh' } });
    expect(event.metadata).not.toHaveProperty('keyId');
  });

  it('seals the same values differently each time', () => {
    expect(stored('LeadCaptured', data).data.sealed).not.toBe(
      stored('LeadCaptured', data).data.sealed,
    );
  });

  it('says erased when the key is gone, and leaves personal values out', () => {
    const event = stored('LeadCaptured', data);
    expect(decode(registry, event, undefined)).toMatchObject({
      erased: true,
      data: { fields: { title: 'Anh' }, tags: ['x'] },
    });
    expect(decode(registry, event, undefined).data).not.toHaveProperty('sealed');
    const changes = stored('LeadEdited', { changes: [{ field: 'email', from: 'a', to: 'b' }] });
    expect(decode(registry, changes, undefined).data).toEqual({ changes: [{ field: 'email' }] });
  });

  it('does not say erased when the seal is only left closed', () => {
    const event = decode(registry, stored('LeadCaptured', data), 'closed');
    expect(event).not.toHaveProperty('erased');
    expect(event.data).toEqual({ fields: { title: 'Anh' }, tags: ['x'] });
  });

  const event = stored('LeadCaptured', data);
  const sealed = event.data.sealed as string;
  const flipped = Buffer.from(sealed, 'base64');
  flipped[20] = (flipped[20] as number) ^ 1;
  it.each<[string, Partial<StoredEvent>]>([
    ['altered', { data: { ...event.data, sealed: flipped.toString('base64') } }],
    ['cut', { data: { ...event.data, sealed: sealed.slice(0, 40) } }],
    ['empty', { data: { ...event.data, sealed: '' } }],
    ['missing', { data: { fields: {} } }],
    ['moved to another stream', { stream: 'lead-2' }],
    ['moved to another event', { id: 'f3b1a1de-9f57-4e0b-8f5f-3f0b3c2b1a00' }],
    ['moved to another type', { type: 'LeadEdited' }],
  ])('reports a sealed part that was %s', (_, change) => {
    expect(() => decode(registry, { ...event, ...change }, key)).toThrow(SealBroken);
  });

  it('reports a sealed part under another key', () => {
    expect(() => decode(registry, event, newKey())).toThrow(SealBroken);
  });

  it('refuses personal data that JSON cannot hold', () => {
    const source = newEvent('LeadCaptured', { custom: { n: 1n } });
    expect(() => draft(registry, STREAM, source)).toThrow(InvalidAppend);
  });
});

describe('Versions', () => {
  const v3: EventDefinition = {
    ...defineEvent('LeadRated', 'The lead was rated.', { paths: ['note'], changedFields: [] }),
    version: 3,
    upcasters: {
      1: ({ stars, ...rest }) => ({ ...rest, score: Number(stars) * 20 }),
      2: (data) => ({ ...data, scale: 100 }),
    },
  };
  const now = createRegistry([v3]);
  const old = (schemaVersion: unknown, data: JsonObject): StoredEvent => ({
    ...throughJson(STREAM, { id: key.id, type: 'LeadRated', data, metadata: {} }),
    metadata: { schemaVersion } as JsonObject,
  });

  it('writes the current one', () => {
    const drafted = draft(now, STREAM, newEvent('LeadRated', { score: 20, scale: 100 }));
    expect(encode(STREAM, drafted, undefined).metadata.schemaVersion).toBe(3);
  });

  it.each([
    [1, { stars: 4 }],
    [2, { score: 80 }],
    [3, { score: 80, scale: 100 }],
  ])('reads version %d as the current one', (version, data) => {
    expect(decode(now, old(version, data), undefined).data).toEqual({ score: 80, scale: 100 });
  });

  it('upcasts what it has opened', () => {
    const first = createRegistry([{ ...v3, version: 1, upcasters: {} }]);
    const source = newEvent('LeadRated', { stars: 4, note: 'good' });
    const event = throughJson(STREAM, encode(STREAM, draft(first, STREAM, source), key));
    expect(decode(now, event, key).data).toEqual({ score: 80, scale: 100, note: 'good' });
  });

  it.each([4, 0, 1.5, '3', undefined])('passes version %p on as it is, marked', (version) => {
    const event = old(version, { anything: 1 });
    expect(decode(now, event, undefined)).toMatchObject({
      data: event.data,
      metadata: event.metadata,
      unreadable: 'unknown-version',
    });
  });

  it('passes an unknown type on as it is, marked', () => {
    const event = { ...old(1, { sealed: 'x' }), type: 'Strange' };
    expect(decode(now, event, undefined)).toEqual({ ...event, unreadable: 'unknown-type' });
  });

  it('passes an event on whose upcaster fails, marked', () => {
    const throwing = { ...v3, upcasters: { ...v3.upcasters, 2: () => JSON.parse('') } };
    const decoded = decode(createRegistry([throwing]), old(1, { stars: 1 }), undefined);
    expect(decoded).toMatchObject({ data: { stars: 1 }, unreadable: 'upcast-failed' });
  });

  it('refuses to write an unknown type', () => {
    expect(() => draft(now, STREAM, newEvent('Strange', {}))).toThrow(UnknownEventType);
  });
});
