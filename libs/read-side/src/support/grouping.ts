import { NO_SETTINGS, type Recorded } from '#crm';
import type { Logged } from '#event-store';
import type { Document, ReadStore } from '#read-store';
import { createGroup, foldBatch } from '../engine/fold-batch.js';
import { firstBuild } from '../engine/generations.js';
import { type GroupMembers, type Groups, leastMembers } from '../engine/groups.port.js';
import { createModel, type Model } from '../engine/model.js';
import { FROZEN_DOCUMENTS, PARKED_EVENTS } from '../engine/parking.js';
import type { Projection } from '../engine/projection.port.js';

/** A document that belongs to the groups that its latest event names, with the weight that it brings to each. */
interface Member extends Document {
  readonly groups: readonly string[];
  readonly weight: number;
}

interface MemberState {
  readonly member: Member | undefined;
  readonly parts: ReadonlyMap<string, number>;
}

/** A group as the test projection keeps it. */
export interface Weighed extends Document {
  readonly count: number;
  readonly weight: number;
}

const NO_PARTS: ReadonlyMap<string, number> = new Map();

function stateOf(member: Member | undefined): MemberState {
  const parts = member
    ? new Map(member.groups.map((group) => [group, member.weight] as const))
    : NO_PARTS;
  return { member, parts };
}

/** The two ways in which members are found. */
export const MEMBERS: Readonly<Record<'named' | 'meeting', GroupMembers>> = {
  named: { namedIn: 'groups' },
  meeting: { meeting: (group) => ({ groups: group }) },
};

const weights = (members: GroupMembers): Groups<MemberState, number, Weighed> => ({
  collection: { name: 'weights', version: 1, indexes: [] },
  members,
  partsOf: ({ parts }) => parts,
  open: (stored) => (stored as Weighed | undefined) ?? { id: '', count: 0, weight: 0 },
  join: (sum, part) => ({ ...sum, count: sum.count + 1, weight: sum.weight + part }),
  leave: (sum, part) => ({ ...sum, count: sum.count - 1, weight: sum.weight - part }),
  close: (sum, id) => (sum.count < leastMembers({ members }) ? undefined : { ...sum, id }),
});

/** Fails on the events that are told to; otherwise puts the document into the groups of `data`. */
export function weighing(
  fails: (event: Recorded) => boolean = () => false,
  members: GroupMembers = MEMBERS.named,
): Projection {
  const projection: Projection<MemberState> = {
    collection: {
      name: 'members',
      version: 1,
      indexes: [{ fields: ['groups'], multi: 'exact' }],
    },
    prefixes: ['counter-'],
    oneStream: false,
    keys: ({ data }) => Reflect.get(data, 'of') as readonly string[],
    open: (_id, stored) => stateOf(stored as Member | undefined),
    evolve(_state, event, _settings, id) {
      if (fails(event)) throw new TypeError('It cannot be folded.');
      const groups = Reflect.get(event.data, 'groups') as readonly string[];
      const weight = Number(Reflect.get(event.data, 'weight'));
      return stateOf({ id, groups, weight, position: event.position });
    },
    close: ({ member }) => member,
    groups: weights(members),
  };
  return projection as Projection;
}

/** An event that puts documents into groups. */
export function grouped(
  position: number,
  of: readonly string[],
  groups: readonly string[],
  weight = 1,
): Logged {
  const type = 'Counted';
  const data = { of, groups, weight };
  return { type, data, position, stream: 'counter-1', revision: position } as unknown as Logged;
}

/** The groups that members stored make up. */
export async function groupsFromMembers(
  readStore: ReadStore,
  { collection, projection }: Model,
): Promise<ReadonlyMap<string, Weighed>> {
  const sums = new Map<string, Weighed>();
  for (const member of await all<Member>(readStore, collection)) {
    for (const id of new Set(member.groups)) {
      const { count, weight } = sums.get(id) ?? { count: 0, weight: 0 };
      sums.set(id, { id, count: count + 1, weight: weight + member.weight });
    }
  }
  const least = projection.groups ? leastMembers(projection.groups) : 0;
  return new Map([...sums].filter(([, { count }]) => count >= least).sort());
}

/** The groups that are stored. */
export async function groupsStored(
  readStore: ReadStore,
  { groups }: Model,
): Promise<ReadonlyMap<string, Weighed>> {
  const stored = groups ? await all<Weighed>(readStore, groups) : [];
  return new Map(stored.map((group) => [group.id, group] as const).sort());
}

async function all<Doc extends Document>(
  readStore: ReadStore,
  collection: Model['collection'],
): Promise<readonly Doc[]> {
  return (await readStore.find<Doc>(collection, { filter: {}, sort: [], limit: 1_000 })).documents;
}

/** A model of the test projection over a store, as a process opens it. */
export async function openWeighing(
  readStore: ReadStore,
  projection = weighing(),
): Promise<{ readonly model: Model; readonly saved: number }> {
  const model = createModel(projection, firstBuild(projection.collection.version));
  const collections = [model.collection, ...(model.groups ? [model.groups] : [])];
  for (const one of [PARKED_EVENTS, FROZEN_DOCUMENTS, ...collections]) await readStore.ensure(one);
  const saved = (await readStore.checkpoints([model.name])).get(model.name) ?? -1;
  return { model, saved };
}

/** Folds events from the saved checkpoint on, in batches of these sizes and then of the last. @throws what the store throws */
export async function foldOn(
  readStore: ReadStore,
  events: readonly Logged[],
  sizes: readonly number[],
  { atMost = Number.POSITIVE_INFINITY, projection = weighing() } = {},
): Promise<Model> {
  const { model, saved } = await openWeighing(readStore, projection);
  model.position = saved;
  const group = createGroup([model], NO_SETTINGS, saved);
  const due = events.filter(({ position }) => position > saved);
  for (let from = 0, batch = 0; from < due.length && batch < atMost; batch += 1) {
    const size = sizes[Math.min(batch, sizes.length - 1)] ?? 1;
    const some = due.slice(from, from + size);
    from += size;
    await foldBatch(readStore, group, some, some.at(-1)?.position ?? -1, () => undefined);
  }
  await group.writing;
  return model;
}
