import { defineEvent } from '#crm';
import { createRegistry } from './registry.js';

describe('The registry of events', () => {
  const event = defineEvent('LeadCaptured', 'The lead came into being.');
  const same = (data: object) => ({ ...data });

  it('finds a definition by its type', () => {
    const registry = createRegistry([event]);
    expect(registry.find('LeadCaptured')).toBe(event);
    expect(registry.find('toString')).toBeUndefined();
  });

  it.each([
    ['a type twice', [event, event], 'twice'],
    ['a version below 1', [{ ...event, version: 0 }], 'no version'],
    ['a version without its upcaster', [{ ...event, version: 2 }], 'no upcaster from version 1'],
    ['a gap', [{ ...event, version: 3, upcasters: { 2: same } }], 'no upcaster from version 1'],
    ['an upcaster too many', [{ ...event, upcasters: { 1: same } }], 'never was'],
  ])('refuses %s', (_, definitions, message) => {
    expect(() => createRegistry(definitions)).toThrow(message);
  });
});
