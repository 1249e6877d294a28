import { type RecordRef, Refusal, type Uuid } from '#crm';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';

const CLIENTS = 16;
const PROCESSES = 4;
const ROUNDS = 8;

describe('What 16 clients of four processes do to the same records at once', () => {
  let workshop: Workshop;
  let processes: readonly ReturnType<Workshop['hire']>[];
  beforeEach(async () => {
    workshop = await openWorkshop();
    processes = Array.from({ length: PROCESSES }, () => workshop.hire());
  });
  afterEach(() => workshop.close());

  const leads = (count: number): Promise<readonly RecordRef[]> =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const fields = { givenName: `Khương ${index}`, email: `k${index}@example.vn` };
        const more = { tags: [`thẻ ${index}`] };
        return { type: 'lead', id: await captured(workshop, 'lead', fields, more) } as const;
      }),
    );
  const process = (client: number) => {
    const one = processes[client % PROCESSES];
    if (!one) throw new Error('There is no such process.');
    return one;
  };
  /** What was refused must be refused for a reason; anything else is a fault. */
  async function together(work: readonly (() => Promise<unknown>)[]): Promise<readonly boolean[]> {
    const ended = await Promise.allSettled(work.map((one) => one()));
    return ended.map((end) => {
      if (end.status === 'fulfilled') return true;
      if (end.reason instanceof Refusal && end.reason.code !== 'busy') return false;
      throw end.reason;
    });
  }
  const statesOf = async (ids: readonly RecordRef[]) => {
    const wanted = new Set(ids.map(({ id }) => id));
    return (await workshop.all('lead')).filter(({ id }) => wanted.has(id));
  };

  /** Every record lives or leads to one that does; nothing is held; every tag is where it can be read. */
  async function expectSound(records: readonly RecordRef[]): Promise<void> {
    const states = await statesOf(records);
    const byId = new Map(states.map((state) => [state.id, state]));
    const endOf = (id: Uuid, steps = 0): Uuid => {
      const state = byId.get(id);
      if (!state || steps > records.length) throw new Error('A chain without an end.');
      return state.lifecycle === 'merged' && state.mergedInto
        ? endOf(state.mergedInto.id, steps + 1)
        : id;
    };
    for (const state of states) {
      expect(state.reservation).toBeUndefined();
      const end = byId.get(endOf(state.id));
      expect(end?.lifecycle).toBe('live');
      expect(end?.tags).toEqual(expect.arrayContaining([...state.tags]));
      const pending = Object.values(state.merges).filter(({ completed }) => !completed);
      expect(pending).toEqual([]);
    }
  }

  it('overlapping merges: of those that share a record at most one wins, and none is lost', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const records = await leads(6);
      const selections = Array.from({ length: CLIENTS }, (_, client) =>
        [client, client + 1 + (client % 3), client + 3].map((index) => records[index % 6]),
      ).map((selection) => [...new Set(selection)].flatMap((record) => record ?? []));
      const won = await together(
        selections.map(
          (selection, client) => () =>
            process(client).merges.merge(
              { request: { records: selection, ...survivorOf(selection, client) } },
              envelope(),
            ),
        ),
      );
      expect(won).toContain(true);
      const states = await statesOf(records);
      const merges = states.flatMap(({ merges }) => Object.values(merges));
      expect(merges).toHaveLength(won.filter(Boolean).length);
      const gone = merges.flatMap(({ plan }) => plan.records.map(({ id }) => id));
      expect(new Set(gone).size).toBe(gone.length);
      await expectSound(records);
    }
  }, 60_000);

  it('merges, edits, conversions and undoings compose or are refused, and are never half done', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const records = await leads(4);
      const [first, second] = records as [RecordRef, RecordRef];
      const merged = await workshop.merges.merge(
        { request: { records: [first, second] } },
        envelope(),
      );
      const work = Array.from({ length: CLIENTS }, (_, client) => async () => {
        const { records: handler, merges, conversions, undoing } = process(client);
        const { id } = records[client % records.length] ?? first;
        switch (client % 4) {
          case 0:
            return merges.merge({ request: { records: records.slice(client % 2) } }, envelope());
          case 1: {
            const edit = { kind: 'edit', fields: { need: `${client}` }, custom: {} } as const;
            return handler.handle('lead', id, edit, envelope());
          }
          case 2:
            return undoing.undo(merged.id, { decisions: {} }, envelope());
          default:
            return conversions.convert(id, { request: {} }, envelope());
        }
      });
      const won = await together(work);
      expect(won.filter((one, client) => client % 4 === 2 && one)).toHaveLength(1);
      await expectSound(records);
      const contacts = await workshop.all('contact');
      const converted = (await statesOf(records)).flatMap((state) =>
        'conversions' in state ? state.conversions : [],
      );
      for (const { contactId, completed } of converted) {
        expect(completed).toBe(true);
        expect(contacts.find(({ id }) => id === contactId)?.lifecycle).toBe('live');
      }
    }
  }, 60_000);

  it('undoings along a chain, and edits of its end: each merge is undone once, and everybody has their own again', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const records = await leads(5);
      const [first] = records as [RecordRef];
      const merges: Uuid[] = [];
      // Each into the next: the last stands for all.
      for (const survivor of records.slice(1)) {
        const below = records[records.indexOf(survivor) - 1] ?? first;
        const request = { records: [below, survivor], survivor };
        merges.push((await workshop.merges.merge({ request }, envelope())).id);
      }
      const end = records.at(-1) ?? first;
      const work = Array.from({ length: CLIENTS }, (_, client) => async () => {
        const { records: handler, undoing } = process(client);
        if (client % 4 === 0) {
          const edit = { kind: 'edit', fields: { need: `${client}` }, custom: {} } as const;
          return handler.handle('lead', end.id, edit, envelope());
        }
        const mergeId = merges[Math.floor(client / 4) % merges.length] ?? '';
        return undoing.undo(mergeId, { decisions: {} }, envelope());
      });
      await together(work);
      for (const mergeId of merges) {
        const again = workshop.undoing.undo(mergeId, { decisions: {} }, envelope());
        await again.catch(({ code }) => expect(code).toBe('already_undone'));
      }
      const states = await statesOf(records);
      const own = records.map(({ id }, index) => {
        const state = states.find((one) => one.id === id);
        return [state?.fields.email, state?.tags, index];
      });
      expect(own).toEqual(records.map((_, n) => [`k${n}@example.vn`, [`thẻ ${n}`], n]));
      expect(states.map(({ lifecycle }) => lifecycle)).toEqual(records.map(() => 'live'));
      const all = states.flatMap((state) => Object.values(state.merges));
      expect(all.map(({ undo }) => undo?.completed)).toEqual(merges.map(() => true));
      await expectSound(records);
    }
  }, 120_000);
});

function survivorOf(selection: readonly RecordRef[], client: number) {
  const survivor = selection[client % selection.length];
  return client % 2 === 0 && survivor ? { survivor } : {};
}
