import type { ReadStore } from '../read-store.port.js';
import { freshCollection, put, remove, write } from './collections.js';

export function describeLookUps(store: () => ReadStore): void {
  describe('looking elements up', () => {
    for (const multi of ['exact', 'prefix'] as const) {
      it(`finds the documents that hold one of them, each once, by an index that is ${multi}`, async () => {
        const leads = freshCollection([{ fields: ['keys'], multi }]);
        const lead = { id: 'a', keys: ['email:an@x.vn', 'name:nguyễn an'], n: 1 };
        await write(
          store(),
          put(leads, lead, 1),
          put(leads, { id: 'b', keys: ['email:an@x.vn'] }, 2),
          put(leads, { id: 'c', keys: ['email:an@x.vne', 'EMAIL:AN@X.VN'] }, 3),
          put(leads, { id: 'd' }, 4),
        );
        const elements = ['email:an@x.vn', 'name:nguyễn an', 'absent'];
        const found = await store().lookUp(leads, { field: 'keys', elements, most: 5 });
        expect([...found.keys()].sort()).toEqual(['a', 'b']);
        expect(found.get('a')).toEqual(lead);
      });

      it(`follows what changed, by an index that is ${multi}`, async () => {
        const leads = freshCollection([{ fields: ['keys'], multi }]);
        await write(
          store(),
          put(leads, { id: 'a', keys: ['x'] }, 1),
          put(leads, { id: 'b', keys: ['x'] }, 2),
        );
        await write(store(), put(leads, { id: 'a', keys: ['y'] }, 3), remove(leads, 'b', 4));
        const idsOf = async (element: string) => [
          ...(await store().lookUp(leads, { field: 'keys', elements: [element], most: 5 })).keys(),
        ];
        expect(await idsOf('x')).toEqual([]);
        expect(await idsOf('y')).toEqual(['a']);
      });
    }

    it('gives as many for each element as were asked for', async () => {
      const leads = freshCollection([{ fields: ['keys'], multi: 'exact' }]);
      const many = Array.from({ length: 30 }, (_, index) =>
        put(leads, { id: `d${index}`, keys: ['common', `own:${index}`] }, index + 1),
      );
      await write(store(), ...many);
      const elements = ['common', 'own:29', 'own:7'];
      const found = await store().lookUp(leads, { field: 'keys', elements, most: 4 });
      expect(found.has('d29') && found.has('d7')).toBe(true);
      expect(found.size).toBeGreaterThanOrEqual(4);
      expect(found.size).toBeLessThanOrEqual(6);
    });

    it('finds nothing where there is no such collection', async () => {
      const none = freshCollection([{ fields: ['keys'], multi: 'exact' }]);
      expect(await store().lookUp(none, { field: 'keys', elements: ['x'], most: 1 })).toEqual(
        new Map(),
      );
    });
  });
}
