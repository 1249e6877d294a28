import fc from 'fast-check';
import { compareValues, type Filter, matches } from '#crm';
import type { CollectionDefinition, Document, ReadStore, SortKey } from '../read-store.port.js';
import { documentBodies, filters, sorts } from './arbitraries.js';
import { allPages } from './collections.js';
import { RECORD_INDEXES, recordBodies, recordFilters, recordSorts } from './records.js';

const INDEXES: readonly CollectionDefinition['indexes'][] = [
  [],
  [{ fields: ['s'] }, { fields: ['s', 'n'] }, { fields: ['a', 'n'] }, { fields: ['o.x'] }],
  [
    { fields: ['tags'], multi: 'exact' },
    { fields: ['o.x'], multi: 'prefix' },
    { fields: ['n', 's'] },
  ],
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

interface Case {
  readonly indexes: CollectionDefinition['indexes'];
  readonly documents: readonly Document[];
  readonly filters: readonly Filter[];
  readonly sort: readonly SortKey[];
  readonly limit: number;
}

let runs = 0;

async function expectAgreement(store: ReadStore, asked: Case): Promise<void> {
  const { indexes, documents, sort, limit } = asked;
  runs += 1;
  const collection = { name: `agreement_${process.pid}`, version: runs, indexes };
  await store.ensure(collection);
  await store.write({
    writes: documents.map((document) => ({ kind: 'put', collection, document, position: 1 })),
    checkpoints: {},
  });
  for (const filter of asked.filters) {
    const expected = documents.filter((document) => matches(filter, document));
    const sorted = expected.toSorted(inOrder(sort));
    expect(await allPages(store, collection, { filter, sort, limit })).toEqual(sorted);
    expect(await store.count(collection, filter, 1_000)).toBe(expected.length);
  }
  await store.drop(collection);
}

/** Comparisons with the answer in memory. fast-check reports the seed of a failure. */
export function describeAgreement(store: () => ReadStore): void {
  it('answers random filters over any documents as they are answered in memory, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(documentBodies, { maxLength: 12 }),
        fc.array(filters, { minLength: 1, maxLength: 6 }),
        sorts,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(...INDEXES),
        (bodies, asked, sort, limit, indexes) => {
          const documents = bodies.map((body, i): Document => ({ ...body, id: `d${i}` }));
          return expectAgreement(store(), { indexes, documents, filters: asked, sort, limit });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('answers lists of records, scoped, filtered and sorted, as they are answered in memory, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(recordBodies, { minLength: 30, maxLength: 80 }),
        fc.array(recordFilters, { minLength: 1, maxLength: 3 }),
        recordSorts,
        fc.integer({ min: 1, max: 9 }),
        (bodies, asked, sort, limit) => {
          const documents = bodies.map((body, i): Document => ({ ...body, id: `d${i % 7}${i}` }));
          const given = { indexes: RECORD_INDEXES, documents, filters: asked, sort, limit };
          return expectAgreement(store(), given);
        },
      ),
      { numRuns: 100 },
    );
  });
}
