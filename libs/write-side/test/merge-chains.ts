import type { RecordRef, RecordState, Uuid } from '#crm';
import type { EventStore } from '#event-store';
import { captured, envelope, openWorkshop, type Workshop } from './workshop.js';

/** Leads B merged into A, A into C. */
export interface Chain {
  readonly a: RecordRef;
  readonly b: RecordRef;
  readonly c: RecordRef;
  /** The merge of B into A. */
  readonly inner: Uuid;
  /** The merge of A into C. */
  readonly outer: Uuid;
}

type Owners = Readonly<Partial<Record<'a' | 'b' | 'c', Uuid | undefined>>>;

/** B brings a title and a need, which C has through A. */
export async function chainOf(workshop: Workshop, owners: Owners = {}): Promise<Chain> {
  const lead = async (fields: Record<string, string>, ownerId?: Uuid): Promise<RecordRef> => {
    const owned = ownerId === undefined ? {} : { ownerId };
    return { type: 'lead', id: await captured(workshop, 'lead', fields, owned) };
  };
  const a = await lead({ givenName: 'A' }, owners.a);
  const b = await lead({ givenName: 'B', title: 'T', need: 'Camera' }, owners.b);
  const c = await lead({ givenName: 'C' }, owners.c);
  const merge = async (records: readonly RecordRef[], survivor: RecordRef) =>
    (await workshop.merges.merge({ request: { records, survivor } }, envelope())).id;
  const inner = await merge([a, b], a);
  const outer = await merge([a, c], c);
  return { a, b, c, inner, outer };
}

/** A workshop for each test, and what a test of chains does there. */
export function openChains(store: {
  readonly wrap: (store: EventStore) => EventStore;
  calm?(): void;
}) {
  let opened: Workshop;
  beforeEach(async () => {
    opened = await openWorkshop({ wrap: store.wrap, patienceMs: 50 });
  });
  afterEach(() => {
    store.calm?.();
    return opened.close();
  });
  return {
    workshop: () => opened,
    async stateOf({ type, id }: RecordRef): Promise<RecordState> {
      const found = (await opened.all(type)).find((state) => state.id === id);
      if (!found) throw new Error('There is no such record.');
      return found;
    },
    edit: ({ type, id }: RecordRef, fields: Record<string, string>) =>
      opened.records.handle(type, id, { kind: 'edit', fields, custom: {} }, envelope()),
    /** Data of the record's events of this kind. */
    async events({ type, id }: RecordRef, verb: string): Promise<readonly object[]> {
      const all = await opened.log.readAll({ limit: 100_000, prefixes: [`${type}-${id}`] });
      return all.filter((event) => event.type.endsWith(verb)).map(({ data }) => data);
    },
  };
}
