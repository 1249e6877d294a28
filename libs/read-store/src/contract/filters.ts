import { matches } from '#crm';
import type { CollectionDefinition, ReadStore } from '../read-store.port.js';
import { freshCollection, idsOf, put, write } from './collections.js';
import { FILTER_CASES, ROUND_TRIP, SHAPES } from './filter-cases.js';

const DECLARED: readonly (readonly [string, CollectionDefinition['indexes']])[] = [
  ['without an index', []],
  ['with the field indexed', [{ fields: ['v'] }, { fields: ['v.x'] }]],
  [
    'with the elements indexed',
    [
      { fields: ['v'], multi: 'prefix' },
      { fields: ['v.x'], multi: 'exact' },
    ],
  ],
];

export function describeFilters(store: () => ReadStore): void {
  describe.each(DECLARED)('filtering %s', (_, indexes) => {
    const collection = freshCollection(indexes);
    const scalars = freshCollection(indexes);
    const names = Object.keys(SHAPES);
    const scalarNames = names.filter((name) => !Array.isArray(SHAPES[name]?.v));

    beforeAll(async () => {
      const documents = names.map((id) => ({ ...SHAPES[id], id }));
      await write(store(), ...documents.map((document) => put(collection, document, 1)));
      const plain = documents.filter(({ id }) => scalarNames.includes(id));
      await write(store(), ...plain.map((document) => put(scalars, document, 1)));
    });

    it.each(
      FILTER_CASES.map(([filter, found]) => [JSON.stringify(filter), filter, found] as const),
    )('finds by %s what MongoDB finds', async (_text, filter, found) => {
      expect(await idsOf(store(), collection, filter)).toEqual([...found].sort());
      expect(await idsOf(store(), scalars, filter)).toEqual(
        found.filter((name) => scalarNames.includes(name)).sort(),
      );
      expect(await store().count(collection, filter, 1_000)).toBe(found.length);
    });

    it('finds a value of any kind again, alone and in a list', async () => {
      const values = freshCollection(indexes);
      const documents = ROUND_TRIP.flatMap((v, i) => [
        { id: `s${i}`, v },
        { id: `t${i}`, v: ['other', v] },
      ]);
      await write(store(), ...documents.map((document) => put(values, document, 1)));
      for (const [i, v] of ROUND_TRIP.entries()) {
        expect(await idsOf(store(), values, { v: v ?? null })).toEqual([`s${i}`, `t${i}`]);
      }
    });
  });

  it.each(FILTER_CASES.map(([filter, found]) => [JSON.stringify(filter), filter, found] as const))(
    'matches in memory by %s what the stores find',
    (_text, filter, found) => {
      const matching = Object.keys(SHAPES).filter((name) => matches(filter, SHAPES[name] ?? {}));
      expect(matching).toEqual([...found]);
    },
  );
}
