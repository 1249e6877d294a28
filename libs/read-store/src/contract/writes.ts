import type { ReadStore } from '../read-store.port.js';
import { freshCollection, idsOf, put, remove, write } from './collections.js';

export function describeWrites(store: () => ReadStore): void {
  describe('writing', () => {
    it('keeps a document with the position it was written at', async () => {
      const leads = freshCollection();
      const lead = {
        id: 'a',
        name: 'Nguyễn Gia Khương',
        custom: { budget: 0.1 },
        tags: ['x', null],
      };
      await write(store(), put(leads, lead, 7));
      expect(await store().load(leads, ['a', 'absent'])).toEqual(
        new Map([['a', { document: lead, position: 7 }]]),
      );
    });

    it('replaces a document only from a later position', async () => {
      const leads = freshCollection([{ fields: ['n'] }]);
      await write(store(), put(leads, { id: 'a', n: 1 }, 5));
      await write(store(), put(leads, { id: 'a', n: 2 }, 5), put(leads, { id: 'a', n: 3 }, 4));
      expect(await idsOf(store(), leads, { n: 1 })).toEqual(['a']);
      await write(store(), put(leads, { id: 'a', n: 4 }, 6));
      expect(await idsOf(store(), leads, { n: 4 })).toEqual(['a']);
      expect((await store().load(leads, ['a'])).get('a')?.position).toBe(6);
    });

    it('folds several writes of one document in a batch in their order', async () => {
      const leads = freshCollection([{ fields: ['tags'], multi: 'exact' }]);
      await write(
        store(),
        put(leads, { id: 'a', tags: ['x', 'y'] }, 1),
        put(leads, { id: 'a', tags: ['y', 'z'] }, 2),
        put(leads, { id: 'b', tags: ['x'] }, 3),
        remove(leads, 'b', 4),
        put(leads, { id: 'b', tags: ['z'] }, 5),
      );
      expect(await idsOf(store(), leads, { tags: 'x' })).toEqual([]);
      expect(await idsOf(store(), leads, { tags: { $in: ['y', 'z'] } })).toEqual(['a', 'b']);
    });

    it('changes nothing when a batch, or a part of one, comes again', async () => {
      const leads = freshCollection([{ fields: ['tags'], multi: 'prefix' }, { fields: ['n'] }]);
      const batch = [
        put(leads, { id: 'a', n: 1, tags: ['x'] }, 1),
        put(leads, { id: 'b', n: 1, tags: ['x', 'y'] }, 2),
        put(leads, { id: 'a', n: 2, tags: ['y'] }, 3),
        remove(leads, 'b', 4),
      ];
      await write(store(), ...batch);
      const before = await store().load(leads, ['a', 'b']);
      await write(store(), ...batch);
      await write(store(), ...batch.slice(0, 2));
      expect(await store().load(leads, ['a', 'b'])).toEqual(before);
      expect(await idsOf(store(), leads, { tags: 'x' })).toEqual([]);
      expect(await store().count(leads, {}, 10)).toBe(1);
    });

    it('does not bring a removed document back by a late repeat', async () => {
      const leads = freshCollection();
      await write(store(), put(leads, { id: 'a' }, 1), remove(leads, 'a', 9));
      await write(store(), put(leads, { id: 'a' }, 1), put(leads, { id: 'a' }, 9));
      expect(await idsOf(store(), leads, {})).toEqual([]);
      await write(store(), put(leads, { id: 'a' }, 10));
      expect(await idsOf(store(), leads, {})).toEqual(['a']);
    });

    it('remembers the removal of a document that was never there', async () => {
      const leads = freshCollection();
      await write(store(), remove(leads, 'a', 5), remove(leads, 'a', 3));
      await write(store(), put(leads, { id: 'a' }, 4));
      expect(await idsOf(store(), leads, {})).toEqual([]);
    });

    it('does not remove a document by an earlier position', async () => {
      const leads = freshCollection();
      await write(store(), put(leads, { id: 'a' }, 5), remove(leads, 'a', 5));
      expect(await idsOf(store(), leads, {})).toEqual(['a']);
    });

    it('loads thousands of documents by id, each with what it holds', async () => {
      const leads = freshCollection();
      const ids = Array.from({ length: 5_000 }, (_, n) => `lead-${n}`);
      await write(store(), ...ids.map((id, n) => put(leads, { id, n }, n + 1)));
      const loaded = await store().load(leads, ids);
      expect(loaded.size).toBe(5_000);
      expect(loaded.get('lead-4999')).toEqual({
        document: { id: 'lead-4999', n: 4_999 },
        position: 5_000,
      });
      expect((await store().load(leads, [])).size).toBe(0);
    });

    it('keeps members whatever they are called, and finds by them', async () => {
      const leads = freshCollection();
      const document = {
        id: 'a',
        _id: 'other',
        _position: 7,
        _removed: true,
        __x: 1,
        custom: { $gt: 1, 'a.b': { _id: 2 } },
      };
      await write(store(), put(leads, document, 1), put(leads, { id: 'other' }, 1));
      expect((await store().load(leads, ['a'])).get('a')).toEqual({ document, position: 1 });
      for (const filter of [{ _id: 'other' }, { _position: 7 }, { _removed: true }, { __x: 1 }]) {
        expect(await idsOf(store(), leads, filter)).toEqual(['a']);
      }
      expect(await idsOf(store(), leads, { _position: 1 })).toEqual([]);
    });

    it('keeps texts, numbers and nesting as they were', async () => {
      const leads = freshCollection([{ fields: ['s'] }]);
      const document = {
        id: 'quote"\' ; DROP TABLE \u0001 ế e\u0302\u0301 \u{1f600}',
        s: 'line\nbreak\ttab \\ " \'',
        n: [0, -0.5, 1e300, 5e-324, Number.MAX_SAFE_INTEGER],
        deep: { a: [{ b: [null, true, { c: '' }] }] },
      };
      await write(store(), put(leads, document, 1));
      expect((await store().load(leads, [document.id])).get(document.id)?.document).toEqual(
        document,
      );
      expect(await idsOf(store(), leads, { id: document.id, s: document.s })).toEqual([
        document.id,
      ]);
    });
  });

  describe('checkpoints', () => {
    it('never go back, and are gone when forgotten', async () => {
      const { name } = freshCollection();
      const checkpoints = (position: number) => ({ writes: [], checkpoints: { [name]: position } });
      expect((await store().checkpoints([name])).get(name)).toBeUndefined();
      await store().write(checkpoints(-1));
      expect((await store().checkpoints([name])).get(name)).toBe(-1);
      await store().write(checkpoints(12));
      await store().write(checkpoints(3));
      expect((await store().checkpoints([name])).get(name)).toBe(12);
      await store().forget(name);
      await store().forget(name);
      expect((await store().checkpoints([name])).get(name)).toBeUndefined();
      await store().write(checkpoints(2));
      expect((await store().checkpoints([name])).get(name)).toBe(2);
    });
  });
}
