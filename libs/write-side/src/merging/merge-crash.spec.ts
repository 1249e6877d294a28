import type { RecordRef } from '#crm';
import { mortal } from '../../test/mortal.js';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';

const DECIDED_WITHIN_MS = 50;
const OWNER = '88888888-8888-4888-8888-888888888888';
const MOMENTS = ['before', 'after'] as const;

describe('A process that dies', () => {
  let workshop: Workshop;
  const store = mortal();
  beforeEach(async () => {
    workshop = await openWorkshop({ wrap: store.wrap, patienceMs: DECIDED_WITHIN_MS });
  });
  afterEach(() => workshop.close());

  /** An opportunity, and two leads with an owner who has to be told. */
  async function selection(): Promise<readonly RecordRef[]> {
    const owned = { ownerId: OWNER, tags: ['VIP'] };
    return [
      { type: 'opportunity', id: await captured(workshop, 'opportunity', { name: 'Camera' }) },
      { type: 'lead', id: await captured(workshop, 'lead', { email: 'a@example.vn' }, owned) },
      { type: 'lead', id: await captured(workshop, 'lead', { need: 'Camera' }, owned) },
    ];
  }
  const statesOf = async (records: readonly RecordRef[]) => {
    const all = [...(await workshop.all('lead')), ...(await workshop.all('opportunity'))];
    return records.map(({ id }) => all.find((state) => state.id === id));
  };
  const eventsOf = async (verb: string) =>
    (await workshop.log.readAll({ limit: 100_000 })).filter(({ type }) => type.endsWith(verb));
  /** What another process does: it completes what is pending, and works on what is held. */
  async function goOn(records: readonly RecordRef[], mergeId?: string) {
    const other = workshop.hire();
    for (const survivor of records) {
      for (const state of await statesOf([survivor])) {
        const pending = mergeId ? [mergeId] : Object.keys(state?.merges ?? {});
        for (const id of pending) await other.mergeEffects.complete(survivor, id);
      }
    }
    return other;
  }

  it.each(MOMENTS)(
    '%s any append of a merge leaves it done once, or not at all',
    async (moment) => {
      let [done, undone] = [0, 0];
      for (let append = 1; ; append++) {
        const records = await selection();
        store.dieAt(append, moment);
        const merging = workshop.hire().merges.merge({ request: { records } }, envelope());
        const survived = await merging.then(
          () => true,
          () => false,
        );
        const died = store.mend();
        const other = await goOn(records);
        const [survivor, ...leads] = await statesOf(records);
        if (Object.keys(survivor?.merges ?? {}).length > 0) {
          done += 1;
          expect(leads.map((lead) => lead?.lifecycle)).toEqual(['merged', 'merged']);
          expect(survivor).toMatchObject({
            fields: { name: 'Camera', email: 'a@example.vn', need: 'Camera' },
            tags: ['VIP'],
          });
        } else {
          undone += 1;
          const edit = { kind: 'edit', fields: { need: 'Khác' }, custom: {} } as const;
          for (const { type, id } of records)
            await other.records.handle(type, id, edit, envelope());
          const states = await statesOf(records);
          expect(states.map((state) => [state?.lifecycle, state?.fields.need])).toEqual(
            records.map(() => ['live', 'Khác']),
          );
          await other.merges.merge({ request: { records } }, envelope());
        }
        for (const verb of ['RecordsMerged', 'MergeCompleted', 'NotificationIssued']) {
          expect([verb, (await eventsOf(verb)).length]).toEqual([verb, done + undone]);
        }
        expect(await eventsOf('MergedAway')).toHaveLength(2 * (done + undone));
        const held = (await statesOf(records)).filter((state) => state?.reservation);
        expect(held).toEqual([]);
        if (survived && !died) break;
        expect(append).toBeLessThan(50);
      }
      // Three are held, then it is committed; then two merged away, one told, and it is completed.
      expect([done > 3, undone > 2]).toEqual([true, true]);
    },
    60_000,
  );

  it.each(MOMENTS)(
    '%s any append of an undoing leaves it done once, or not at all',
    async (moment) => {
      let rounds = 0;
      for (let append = 1; ; append++) {
        const records = await selection();
        const before = await statesOf(records);
        const { id } = await workshop.merges.merge({ request: { records } }, envelope());
        store.dieAt(append, moment);
        const survived = await workshop
          .hire()
          .undoing.undo(id, { decisions: {} }, envelope())
          .then(
            () => true,
            () => false,
          );
        const died = store.mend();
        rounds += 1;
        const [first] = records as [RecordRef];
        const other = await goOn([first], id);
        const [survivor] = await statesOf([first]);
        if (!survivor?.merges[id]?.undo) {
          await other.undoing.undo(id, { decisions: {} }, envelope());
        }
        const after = await statesOf(records);
        const visible = (states: typeof after) =>
          states.map((state) => [state?.lifecycle, state?.fields, state?.tags, state?.ownerId]);
        expect(visible(after)).toEqual(visible(before));
        for (const verb of ['MergeUndone', 'MergeUndoCompleted']) {
          expect([verb, (await eventsOf(verb)).length]).toEqual([verb, rounds]);
        }
        expect(await eventsOf('Unmerged')).toHaveLength(2 * rounds);
        if (survived && !died) break;
        expect(append).toBeLessThan(50);
      }
      expect(rounds).toBeGreaterThan(4);
    },
    60_000,
  );
});
