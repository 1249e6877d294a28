import type { Document, LookUp, ReadStore } from '#read-store';
import type { Groups } from './groups.port.js';
import type { Model } from './model.js';

/** What each member of a group brings to it. */
export type Members = Map<string, unknown>;

/** A model whose projection keeps groups. */
export interface GroupedModel extends Model {
  readonly projection: Model['projection'] & { readonly groups: Groups<unknown> };
  readonly groups: NonNullable<Model['groups']>;
}

export function isGrouped(model: Model): model is GroupedModel {
  return model.groups !== undefined && model.projection.groups !== undefined;
}

/** As `LookUp` allows. */
const AT_ONCE = 10_000;
const PAGE = 1_000;

/** Some members that the store has of each group, at most `most`, and those that other groups led to. */
export async function lookUpMembers(
  readStore: ReadStore,
  { collection }: GroupedModel,
  field: string,
  groups: readonly string[],
  most: number,
): Promise<ReadonlyMap<string, readonly Document[]>> {
  const wanted = new Set(groups);
  const found = new Map<string, Document[]>();
  const seen = new Set<string>();
  for (let from = 0; from < groups.length; from += AT_ONCE) {
    const elements = groups.slice(from, from + AT_ONCE);
    const lookUp: LookUp = { field, elements, most };
    for (const document of (await readStore.lookUp(collection, lookUp)).values()) {
      if (seen.has(document.id)) continue;
      seen.add(document.id);
      for (const group of document[field] as readonly string[]) {
        const others = found.get(group);
        if (others) others.push(document);
        else if (wanted.has(group)) found.set(group, [document]);
      }
    }
  }
  return found;
}

/** All members of a group that the store has. */
export async function allMembers(
  readStore: ReadStore,
  { collection, projection }: GroupedModel,
  group: string,
): Promise<readonly Document[]> {
  const { members } = projection.groups;
  const filter = 'namedIn' in members ? { [members.namedIn]: group } : members.meeting(group);
  const documents: Document[] = [];
  let cursor: string | undefined;
  do {
    const page = await readStore.find(collection, {
      filter,
      sort: [],
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    documents.push(...page.documents);
    cursor = page.next;
  } while (cursor !== undefined);
  return documents;
}

/** What a stored document brings to a group. */
export function partIn({ projection }: GroupedModel, group: string, document: Document): unknown {
  return projection.groups.partsOf(projection.open(document.id, document)).get(group);
}

/** Guards of documents are of the events folded, and the documents say so themselves. */
export function positionOf(document: Document): number {
  return Number(document.position ?? -1);
}

/** A member with this part, or none. */
export function put(members: Members, member: string, part: unknown): void {
  if (part === undefined) members.delete(member);
  else members.set(member, part);
}
