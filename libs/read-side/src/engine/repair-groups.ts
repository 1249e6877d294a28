import type { Document, ReadStore, Write } from '#read-store';
import { sumOf, writeGroup } from './fold-groups.js';
import { allMembers, type GroupedModel, partIn, put } from './group-members.js';
import { mendedAt } from './guards.js';
import type { OpenState } from './model.js';

/**
 * The groups of documents that were folded anew, made up again from all their members: what a frozen document brought to them in
 * between cannot be told from its events. To be written ahead of the documents, while no batch is folded.
 */
export async function repairGroups(
  readStore: ReadStore,
  model: GroupedModel,
  rebuilt: ReadonlyMap<string, OpenState>,
): Promise<readonly Write[]> {
  const { groups } = model.projection;
  const stored = await readStore.load(model.collection, [...rebuilt.keys()]);
  const touched = new Set([
    ...[...stored.values()].flatMap(({ document }) => namedIn(model, document)),
    ...[...rebuilt.values()].flatMap(({ state }) => [...groups.partsOf(state).keys()]),
  ]);
  const guard = mendedAt(model.position);
  const writes: Write[] = [];
  for (const group of touched) {
    const documents = await allMembers(readStore, model, group);
    const members = new Map(
      documents.map((document) => [document.id, partIn(model, group, document)]),
    );
    for (const [id, { state }] of rebuilt) put(members, id, groups.partsOf(state).get(group));
    writes.push(writeGroup(model, group, { sum: sumOf(groups, members), guard }));
  }
  return writes;
}

function namedIn({ projection }: GroupedModel, document: Document): readonly string[] {
  return [...projection.groups.partsOf(projection.open(document.id, document)).keys()];
}
