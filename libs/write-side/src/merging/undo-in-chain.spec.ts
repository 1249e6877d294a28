import type { RecordState, UndoDecisions, Uuid } from '#crm';
import { interruptible } from '../../test/interruptible.js';
import { type Chain, chainOf, openChains } from '../../test/merge-chains.js';
import { envelope } from '../../test/workshop.js';

const [ONE, OTHER] = ['11111111', '22222222'].map(
  (start) => `${start}-1111-4111-8111-111111111111`,
);

describe('Undoing the first merge of a chain, B into A, A into C,', () => {
  const store = interruptible();
  const { workshop, stateOf, edit, events } = openChains(store);
  const undo = (chain: Chain, decisions: UndoDecisions = {}, basis?: string) =>
    workshop().undoing.undo(
      chain.inner,
      { decisions, ...(basis !== undefined && { basis }) },
      envelope(),
    );
  const preview = (chain: Chain, decisions: UndoDecisions = {}) =>
    workshop().undoing.preview(chain.inner, decisions, envelope());

  it('previews every record that it writes to, and does just that', async () => {
    const chain = await chainOf(workshop());
    await edit(chain.c, { title: 'T2', jobTitle: 'Giám đốc' });
    const conflict = { record: chain.c, field: 'title', current: 'T2', merged: 'T' };
    const told = await preview(chain);
    expect(told).toMatchObject({
      ...{ survivor: chain.a, livingEnd: chain.c },
      plan: {
        changes: [
          { field: 'title', from: 'T' },
          { field: 'need', from: 'Camera' },
        ],
      },
      above: [{ record: chain.c, reverts: { changes: [{ field: 'need', from: 'Camera' }] } }],
    });
    expect(told.conflicts).toEqual([{ ...conflict, decision: 'keep' }]);
    expect(told.stays.map(({ record, type }) => [record, type])).toEqual([
      [chain.a, 'LeadMergedAway'],
      [chain.c, 'LeadEdited'],
    ]);
    const decisions = [{ record: chain.c, field: 'title', decision: 'revert' }] as const;
    const decided = await preview(chain, decisions);
    expect(decided.conflicts).toEqual([{ ...conflict, decision: 'revert' }]);
    expect(decided.basis).not.toBe(told.basis);
    const done = await undo(chain, decisions, decided.basis);
    expect(done.undone.above).toEqual([{ record: chain.c, kept: [] }]);
    const c = await stateOf(chain.c);
    expect(c.fields).toEqual({ givenName: 'C', jobTitle: 'Giám đốc' });
    expect(await events(chain.c, 'MergeReverted')).toEqual([
      expect.objectContaining({ changes: decided.above[0]?.reverts.changes }),
    ]);
    expect([c.reservation, (await stateOf(chain.a)).reservation]).toEqual([undefined, undefined]);
  });

  it('is refused under a basis that an edit of C has outdated, and leaves nothing behind', async () => {
    const chain = await chainOf(workshop());
    const { basis } = await preview(chain);
    await edit(chain.c, { title: 'T2' });
    const head = await workshop().log.head();
    await expect(undo(chain, {}, basis)).rejects.toMatchObject({ code: 'stale_preview' });
    expect(await workshop().log.head()).toBe(head);
    const done = await undo(chain, {}, (await preview(chain)).basis);
    expect(done.undone.above).toEqual([{ record: chain.c, kept: ['title'] }]);
  });

  it('answers a repeat with its first outcome, though the right to it has gone since', async () => {
    const chain = await chainOf(workshop());
    const under = envelope({ fresh: false, commandHash: 'one' });
    const first = await workshop().undoing.undo(chain.inner, { decisions: {} }, under);
    const authority = { ...under.authority, may: () => false };
    const again = { ...under, authority };
    const second = await workshop().hire().undoing.undo(chain.inner, { decisions: {} }, again);
    expect(second).toEqual(first);
    const other = { ...under, commandHash: 'other' };
    const reused = workshop().undoing.undo(chain.inner, { decisions: {} }, other);
    await expect(reused).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('is made whole first where an undoing of the second merge was left half done', async () => {
    const chain = await chainOf(workshop());
    store.interruptAt(2, 'before', () => Promise.reject(new Error('The process died.')));
    const outer = workshop().hire().undoing.undo(chain.outer, { decisions: {} }, envelope());
    await expect(outer).rejects.toThrow('died');
    const done = await undo(chain);
    expect(done.undone.above).toBeUndefined();
    expect((await stateOf(chain.c)).fields).toEqual({ givenName: 'C' });
    expect((await stateOf(chain.a)).lifecycle).toBe('live');
  });

  describe('asks for rights to', () => {
    /** Someone who may do everything to what is theirs, and reads what they may. */
    const by = (id: Uuid | undefined, reads: (state: Partial<RecordState>) => boolean) => {
      const mine = (state: Partial<RecordState>) => state.ownerId === id;
      const may = (action: string, state: Partial<RecordState>) =>
        mine(state) || (action === 'read' && reads(state));
      return envelope({ authority: { actor: { kind: 'user', id: id ?? '' }, may: may as never } });
    };
    const refusal = async (chain: Chain, under: ReturnType<typeof envelope>) => {
      const { undoing, log } = workshop();
      const head = await log.head();
      const told = [
        undoing.preview(chain.inner, {}, under),
        undoing.undo(chain.inner, { decisions: {} }, under),
      ].map((asked) =>
        asked.then(
          () => 'done',
          ({ code }) => code as string,
        ),
      );
      const [previewed, undone] = await Promise.all(told);
      expect(undone).toBe(previewed);
      expect(await log.head()).toBe(head);
      return undone;
    };

    it('C as well: what may not be seen is not told of, what may only be seen is forbidden', async () => {
      const chain = await chainOf(workshop(), { a: ONE, b: ONE, c: OTHER });
      expect(
        await refusal(
          chain,
          by(ONE, () => false),
        ),
      ).toBe('merge_not_found');
      expect(
        await refusal(
          chain,
          by(ONE, () => true),
        ),
      ).toBe('forbidden');
    });

    it('A and what comes back, which C’s owner has not by that alone', async () => {
      const chain = await chainOf(workshop(), { a: ONE, b: ONE, c: OTHER });
      expect(
        await refusal(
          chain,
          by(OTHER, () => false),
        ),
      ).toBe('merge_not_found');
      expect(
        await refusal(
          chain,
          by(OTHER, () => true),
        ),
      ).toBe('forbidden');
      const mixed = await chainOf(workshop(), { a: OTHER, b: ONE, c: OTHER });
      expect(
        await refusal(
          mixed,
          by(OTHER, () => true),
        ),
      ).toBe('forbidden');
    });

    it('those in the middle of a longer chain', async () => {
      const chain = await chainOf(workshop(), { a: ONE, b: ONE, c: OTHER });
      const end = (await chainOf(workshop(), { a: ONE, b: ONE, c: ONE })).c;
      const request = { records: [chain.c, end], survivor: end };
      await workshop().merges.merge({ request }, envelope());
      expect(
        await refusal(
          chain,
          by(ONE, () => false),
        ),
      ).toBe('merge_not_found');
      expect(
        await refusal(
          chain,
          by(ONE, () => true),
        ),
      ).toBe('forbidden');
    });

    it('nothing more: who has them all undoes it', async () => {
      const chain = await chainOf(workshop(), { a: ONE, b: ONE, c: ONE });
      const under = by(ONE, () => false);
      await workshop().undoing.preview(chain.inner, {}, under);
      await workshop().undoing.undo(chain.inner, { decisions: {} }, under);
      expect((await stateOf(chain.b)).lifecycle).toBe('live');
      expect((await stateOf(chain.c)).fields).toEqual({ givenName: 'C' });
    });
  });

  it('in the middle of which C is edited: what was previewed is what happens, or it is refused', async () => {
    const seen: string[] = [];
    for (const moment of ['before', 'after'] as const) {
      for (let append = 1; append <= 6; append++) {
        const chain = await chainOf(workshop());
        const { basis } = await preview(chain);
        const other = workshop().hire();
        store.interruptAt(append, moment, async () => {
          const command = { kind: 'edit', fields: { title: 'T2' }, custom: {} } as const;
          await other.records.handle('lead', chain.c.id, command, envelope());
        });
        const outcome = await undo(chain, {}, basis).then(
          ({ undone }) => `kept ${undone.above?.[0]?.kept.join()}`,
          ({ code }) => String(code),
        );
        expect(store.wasInterrupted()).toBe(true);
        seen.push(outcome);
        const c = await stateOf(chain.c);
        expect([outcome, c.fields]).toEqual([
          outcome,
          outcome === 'stale_preview'
            ? { givenName: 'C', title: 'T2', need: 'Camera' }
            : { givenName: 'C', title: 'T2' },
        ]);
        expect((await stateOf(chain.b)).lifecycle).toBe(
          outcome === 'stale_preview' ? 'merged' : 'live',
        );
        expect([c.reservation, (await stateOf(chain.a)).reservation]).toEqual([
          undefined,
          undefined,
        ]);
      }
    }
    expect(new Set(seen)).toEqual(new Set(['stale_preview', 'kept ']));
  }, 60_000);
});
