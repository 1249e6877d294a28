import type { ReadStore } from '../read-store.port.js';
import { freshCollection, idsOf, put, write } from './collections.js';

export function describeCollections(store: () => ReadStore): void {
  describe('collections', () => {
    it('are ensured by many at once and again', async () => {
      const leads = freshCollection([{ fields: ['n'] }, { fields: ['tags'], multi: 'exact' }]);
      await Promise.all(Array.from({ length: 16 }, () => store().ensure(leads)));
      await write(store(), put(leads, { id: 'a', n: 1 }, 1));
      await store().ensure(leads);
      expect(await idsOf(store(), leads, { n: 1 })).toEqual(['a']);
      expect(await store().versions(leads.name)).toEqual([1]);
    });

    it('are empty before they exist', async () => {
      const leads = freshCollection();
      expect(await idsOf(store(), leads, {})).toEqual([]);
      expect(await store().count(leads, {}, 5)).toBe(0);
      expect((await store().load(leads, ['a'])).size).toBe(0);
      expect(await store().versions(leads.name)).toEqual([]);
      await store().drop(leads);
    });

    it('stand beside each other by version, and go one by one with their removals', async () => {
      const first = freshCollection([{ fields: ['tags'], multi: 'exact' }]);
      const second = { ...first, version: 12 };
      await write(store(), put(first, { id: 'a', tags: ['x'] }, 1));
      await write(store(), put(second, { id: 'b' }, 1));
      await store().write({
        writes: [{ kind: 'remove', collection: first, id: 'gone', position: 9 }],
        checkpoints: {},
      });
      expect(await store().versions(first.name)).toEqual([1, 12]);
      await store().drop(first);
      expect(await store().versions(first.name)).toEqual([12]);
      expect(await idsOf(store(), second, {})).toEqual(['b']);
      await store().ensure(first);
      expect(await idsOf(store(), first, { tags: 'x' })).toEqual([]);
      await write(store(), put(first, { id: 'gone' }, 1));
      expect(await idsOf(store(), first, {})).toEqual(['gone']);
    });

    it('gain the indexes that a later definition declares, over the documents that are there', async () => {
      const plain = freshCollection([{ fields: ['n'] }]);
      const documents = [
        { id: 'a', n: 2, s: 'x', tags: ['p', 'q'], list: [1, 2] },
        { id: 'b', n: 1, tags: ['q'], list: 2 },
        { id: 'c' },
      ];
      await write(store(), ...documents.map((document) => put(plain, document, 1)));
      const more = {
        ...plain,
        indexes: [
          ...plain.indexes,
          { fields: ['s', 'n'] },
          { fields: ['list'] },
          { fields: ['tags'], multi: 'prefix' as const },
        ],
      };
      await store().ensure(more);
      expect(await idsOf(store(), more, { s: 'x' })).toEqual(['a']);
      expect(await idsOf(store(), more, { s: null })).toEqual(['b', 'c']);
      expect(await idsOf(store(), more, { tags: 'q' })).toEqual(['a', 'b']);
      expect(await idsOf(store(), more, { list: 2 })).toEqual(['a', 'b']);
      await write(store(), put(more, { id: 'a', s: 'y', tags: ['p'] }, 2));
      expect(await idsOf(store(), more, { tags: 'q' })).toEqual(['b']);
    });

    it('count no further than asked', async () => {
      const leads = freshCollection([{ fields: ['n'] }]);
      const ids = Array.from({ length: 20 }, (_, i) => `a${i}`);
      await write(store(), ...ids.map((id, i) => put(leads, { id, n: i % 2 }, 1)));
      expect(await store().count(leads, { n: 1 }, 5)).toBe(5);
      expect(await store().count(leads, { n: 1 }, 100)).toBe(10);
      expect(await store().count(leads, {}, 15)).toBe(15);
      expect(await store().count(leads, { n: 2 }, 5)).toBe(0);
    });
  });
}
