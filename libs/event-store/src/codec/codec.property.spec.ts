import fc from 'fast-check';
import { defineEvent, type Json, type JsonObject } from '#crm';
import { newEvent, newKey, throughJson } from '../contract/domain-events.js';
import { decode, draft, encode } from './codec.js';
import { createRegistry } from './registry.js';

const name = fc.constantFrom('a', 'b', 'c', 'sealed', 'fields', 'changes', 'field', '__proto__x');
const json = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);
const change = fc.oneof(
  json,
  fc.record({ field: name, from: json, to: json, more: json }, { requiredKeys: ['field'] }),
);
const members = (value: fc.Arbitrary<Json>) => fc.dictionary(name, value, { maxKeys: 5 });
const data: fc.Arbitrary<JsonObject> = fc
  .record({
    loose: members(fc.oneof(json, members(fc.oneof(json, members(json))))),
    changes: fc.option(fc.array(change as fc.Arbitrary<Json>, { maxLength: 6 }), {
      nil: undefined,
    }),
  })
  .map(({ loose, changes }) => ({ ...loose, ...(changes && { changes }) }) as JsonObject);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('.'));
const personal = fc.record({
  paths: fc.array(path, { maxLength: 5 }),
  changedFields: fc.array(name, { maxLength: 3 }),
});

describe('Encoding and decoding', () => {
  it('gives any data back as it was, whatever parts are personal', () => {
    fc.assert(
      fc.property(data, personal, (given, parts) => {
        const registry = createRegistry([defineEvent('Happened', 'It happened.', parts)]);
        const before = structuredClone(given);
        const key = newKey();
        const source = newEvent('Happened', given);
        const encoded = encode('lead-1', draft(registry, 'lead-1', source), key);
        const decoded = decode(registry, throughJson('lead-1', encoded), key);
        expect(decoded.data).toEqual(before);
        expect(decoded.metadata).toEqual({ ...source.metadata, schemaVersion: 1 });
        expect(given).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves no personal text readable', () => {
    const secret = 'Khương';
    fc.assert(
      fc.property(path, data, (at, given) => {
        const [first, ...rest] = at.split('.') as [string, ...string[]];
        const nested = rest.reduceRight<Json>((value, step) => ({ [step]: value }), secret);
        const parts = { paths: [at], changedFields: [] };
        const registry = createRegistry([defineEvent('Happened', 'It happened.', parts)]);
        const source = newEvent('Happened', { ...given, [first]: nested });
        const encoded = encode('lead-1', draft(registry, 'lead-1', source), newKey());
        expect(JSON.stringify(encoded)).not.toContain(secret);
      }),
      { numRuns: 200 },
    );
  });
});
