import fc from 'fast-check';
import type { JsonObject } from '#crm';
import { compareValues } from '../filter/compare.js';
import { matches } from '../filter/matches.js';
import type { CollectionDefinition, Document, ReadStore, SortKey } from '../read-store.port.js';
import { documentBodies, filters, sorts } from './arbitraries.js';
import { allPages } from './collections.js';

const INDEXES: readonly CollectionDefinition['indexes'][] = [
  [],
  [{ fields: ['s'] }, { fields: ['s', 'n'] }, { fields: ['a', 'n'] }, { fields: ['o.x'] }],
  [{ fields: ['tags'], multi: true }, { fields: ['o.x'], multi: true }, { fields: ['n', 's'] }],
];

function inOrder(sort: readonly SortKey[]): (a: Document, b: Document) => number {
  const keys = [...sort, { field: 'id', direction: sort[0]?.direction ?? 'ascending' }];
  return (a, b) => {
    for (const { field, direction } of keys) {
      const order = compareValues(a[field], b[field]);
      if (order !== 0) return direction === 'ascending' ? order : -order;
    }
    return 0;
  };
}

/** Runs of the comparison, each with its own documents, filters and sort. fast-check reports the seed of a failure. */
export function describeAgreement(openStore: () => ReadStore): void {
  it('answers random filters as they are answered in memory, page by page in order', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(documentBodies, { maxLength: 12 }),
        fc.array(filters, { minLength: 1, maxLength: 6 }),
        sorts,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(...INDEXES),
        async (bodies, asked, sort, limit, indexes) => {
          run += 1;
          const collection = { name: 'agreement', version: run, indexes };
          const documents = bodies.map(
            (body: JsonObject, i): Document => ({ ...body, id: `d${i}` }),
          );
          const store = openStore();
          await store.ensure(collection);
          await store.write({
            writes: documents.map((document) => ({
              kind: 'put',
              collection,
              document,
              position: 1,
            })),
            checkpoints: {},
          });
          for (const filter of asked) {
            const expected = documents.filter((document) => matches(filter, document));
            const sorted = expected.toSorted(inOrder(sort));
            expect(await allPages(store, collection, { filter, sort, limit })).toEqual(sorted);
            expect(await store.count(collection, filter, 1_000)).toBe(expected.length);
          }
          await store.drop(collection);
        },
      ),
      { numRuns: 300 },
    );
  });
}
