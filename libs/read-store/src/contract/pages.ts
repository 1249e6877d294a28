import { InvalidFilter, type Json } from '#crm';
import { InvalidCursor } from '../errors.js';
import type { Find, ReadStore, SortKey } from '../read-store.port.js';
import { allPages, freshCollection, put, write } from './collections.js';

const BY_N: readonly SortKey[] = [{ field: 'n', direction: 'ascending' }];
const BY_N_DOWN: readonly SortKey[] = [{ field: 'n', direction: 'descending' }];

export function describePages(store: () => ReadStore): void {
  async function numbered(count: number) {
    const collection = freshCollection([{ fields: ['n'] }, { fields: ['even', 'n'] }]);
    const documents = Array.from({ length: count }, (_, i) => ({
      id: `d${String(i).padStart(3, '0')}`,
      n: i,
      even: i % 2 === 0,
    }));
    await write(store(), ...documents.map((document) => put(collection, document, 1)));
    return collection;
  }

  describe('pages', () => {
    it('puts mixed types in the order of types, forwards and backwards', async () => {
      const collection = freshCollection([{ fields: ['v'] }]);
      const ordered: readonly (Json | undefined)[] = [
        null,
        undefined,
        -2,
        0,
        1.5,
        10,
        '',
        '1',
        '10',
        'A',
        'a',
        'e\u0302\u0301',
        'ế',
        '\uffee',
        '\u{1f600}',
        false,
        true,
      ];
      const documents = ordered.map((v, i) => ({ id: `d${String(i).padStart(2, '0')}`, v, w: v }));
      await write(store(), ...documents.toReversed().map((d) => put(collection, d, 1)));
      const ids = documents.map(({ id }) => id);
      for (const field of ['v', 'w']) {
        for (const limit of [1, 4, 100]) {
          const up = { filter: {}, sort: [{ field, direction: 'ascending' as const }], limit };
          const down = { filter: {}, sort: [{ field, direction: 'descending' as const }], limit };
          expect((await allPages(store(), collection, up)).map(({ id }) => id)).toEqual(ids);
          expect((await allPages(store(), collection, down)).map(({ id }) => id)).toEqual(
            ids.toReversed(),
          );
        }
      }
    });

    it('sorts by several keys, each in its direction, and by id in the first one’s', async () => {
      const collection = freshCollection();
      const rows: readonly (readonly [string, string, number])[] = [
        ['c', 'x', 1],
        ['a', 'x', 2],
        ['b', 'x', 2],
        ['d', 'y', 3],
      ];
      await write(store(), ...rows.map(([id, s, n]) => put(collection, { id, s, n }, 1)));
      const sort: readonly SortKey[] = [
        { field: 's', direction: 'descending' },
        { field: 'n', direction: 'ascending' },
      ];
      for (const limit of [1, 2, 10]) {
        const found = await allPages(store(), collection, { filter: {}, sort, limit });
        expect(found.map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
      }
    });

    it('has a next page only when there is more', async () => {
      const collection = await numbered(6);
      const page = await store().find(collection, { filter: {}, sort: BY_N, limit: 6 });
      expect(page.documents).toHaveLength(6);
      expect(page.next).toBeUndefined();
      const first = await store().find(collection, { filter: {}, sort: BY_N, limit: 5 });
      expect(first.next).toMatch(/^[A-Za-z0-9_-]+$/);
    });

    it('neither repeats nor skips what stood still while others come, go and move', async () => {
      const collection = await numbered(30);
      const find: Find = { filter: {}, sort: BY_N, limit: 10 };
      const first = await store().find(collection, find);
      await write(
        store(),
        put(collection, { id: 'before', n: -1 }, 2),
        put(collection, { id: 'd003', n: 3.5 }, 2),
      );
      const second = await store().find(collection, { ...find, cursor: first.next ?? '' });
      await write(
        store(),
        put(collection, { id: 'between', n: 14.5 }, 2),
        { kind: 'remove', collection, id: 'd019', position: 2 },
        put(collection, { id: 'later', n: 24.5 }, 2),
      );
      const third = await store().find(collection, {
        ...find,
        limit: 20,
        cursor: second.next ?? '',
      });
      const ids = [first, second, third].flatMap(({ documents }) => documents.map(({ id }) => id));
      const still = Array.from({ length: 30 }, (_, i) => `d${String(i).padStart(3, '0')}`);
      expect(ids.filter((id) => id !== 'later')).toEqual(still);
      expect(ids).toContain('later');
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('goes on by the values that the page ended with, though that document is gone', async () => {
      const collection = await numbered(10);
      const find: Find = { filter: { even: true }, sort: BY_N_DOWN, limit: 2 };
      const first = await store().find(collection, find);
      expect(first.documents.map(({ id }) => id)).toEqual(['d008', 'd006']);
      await write(store(), { kind: 'remove', collection, id: 'd006', position: 2 });
      const next = await store().find(collection, { ...find, cursor: first.next ?? '' });
      expect(next.documents.map(({ id }) => id)).toEqual(['d004', 'd002']);
    });

    it('refuses a cursor of another query, and one that was altered', async () => {
      const collection = await numbered(10);
      const find: Find = { filter: { even: true }, sort: BY_N, limit: 2 };
      const cursor = (await store().find(collection, find)).next ?? '';
      const other = freshCollection();
      const misuses: readonly (readonly [typeof collection, Find])[] = [
        [collection, { ...find, filter: { even: false }, cursor }],
        [collection, { ...find, sort: BY_N_DOWN, cursor }],
        [other, { ...find, cursor }],
        ...[
          '',
          '!',
          'bm9uc2Vuc2U',
          cursor.slice(1),
          cursor.slice(0, -2),
          `${cursor}A`,
          'W10',
          'e30',
          'x'.repeat(50_000),
        ].map((wrong) => [collection, { ...find, cursor: wrong }] as const),
        ...Array.from(cursor, (_, i) => {
          const letter = cursor[i] === 'A' ? 'B' : 'A';
          return [
            collection,
            { ...find, cursor: cursor.slice(0, i) + letter + cursor.slice(i + 1) },
          ] as const;
        }),
      ];
      for (const [from, misuse] of misuses) {
        await expect(store().find(from, misuse)).rejects.toThrow(InvalidCursor);
      }
      expect(
        (await store().find(collection, { ...find, limit: 3, cursor })).documents,
      ).toHaveLength(3);
    });

    it('refuses filters, sorts and limits that it does not know', async () => {
      const collection = await numbered(1);
      const find: Find = { filter: {}, sort: [], limit: 1 };
      await expect(store().find(collection, { ...find, filter: { $where: '1' } })).rejects.toThrow(
        InvalidFilter,
      );
      await expect(store().count(collection, { a: { $foo: 1 } }, 1)).rejects.toThrow(InvalidFilter);
      const sort: readonly SortKey[] = [{ field: '$n', direction: 'ascending' }];
      await expect(store().find(collection, { ...find, sort })).rejects.toThrow(InvalidFilter);
      for (const limit of [0, -1, 1.5, 1_001, Number.NaN]) {
        await expect(store().find(collection, { ...find, limit })).rejects.toThrow(RangeError);
      }
    });
  });
}
