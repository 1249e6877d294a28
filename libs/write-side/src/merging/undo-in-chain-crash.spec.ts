import { chainOf, openChains } from '../../test/merge-chains.js';
import { mortal } from '../../test/mortal.js';
import { envelope } from '../../test/workshop.js';

describe('A process that dies while it undoes the first merge of a chain', () => {
  const store = mortal();
  const { workshop, stateOf, events } = openChains(store);

  it.each(['before', 'after'] as const)(
    '%s any append leaves it done once, or not at all, and nothing held',
    async (moment) => {
      const seen = new Set<string>();
      for (let append = 1; ; append++) {
        const chain = await chainOf(workshop());
        const { a, b, c, inner } = chain;
        store.dieAt(append, moment);
        const survived = await workshop()
          .hire()
          .undoing.undo(inner, { decisions: {} }, envelope())
          .then(
            () => true,
            () => false,
          );
        const died = store.mend();
        const other = workshop().hire();
        // Whoever comes next writes to the record at the end, whatever holds it.
        const edit = { kind: 'edit', fields: { jobTitle: 'Kế toán' }, custom: {} } as const;
        await other.records.handle('lead', c.id, edit, envelope());
        const undone = (await stateOf(a)).merges[inner]?.undo !== undefined;
        seen.add(undone ? 'done' : 'not at all');
        const fields = { givenName: 'C', jobTitle: 'Kế toán' };
        expect((await stateOf(c)).fields).toEqual(
          undone ? fields : { ...fields, title: 'T', need: 'Camera' },
        );
        await other.mergeEffects.complete(a, inner);
        if (!undone) await other.undoing.undo(inner, { decisions: {} }, envelope());
        expect((await stateOf(c)).fields).toEqual(fields);
        expect((await stateOf(b)).lifecycle).toBe('live');
        for (const record of [a, c]) expect((await stateOf(record)).reservation).toBeUndefined();
        for (const [record, verb] of [
          [a, 'MergeUndone'],
          [a, 'MergeUndoCompleted'],
          [c, 'MergeReverted'],
          [b, 'Unmerged'],
        ] as const) {
          expect([verb, (await events(record, verb)).length]).toEqual([verb, 1]);
        }
        if (survived && !died) break;
        expect(append).toBeLessThan(50);
      }
      expect(seen).toEqual(new Set(['done', 'not at all']));
    },
    60_000,
  );
});
