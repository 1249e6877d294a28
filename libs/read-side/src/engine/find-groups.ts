import type { Document, LookUp, ReadStore } from '#read-store';
import type { GroupMove, GroupsInFlight, OpenGroup } from './group-moves.js';
import type { Groups } from './groups.port.js';
import type { Model } from './model.js';

/** What each member of a group brings to it. */
export type Members = Map<string, unknown>;

/** Where folding a group starts: at all its members, or at what is known of it. */
export type GroupStart = { readonly members: Members } | { readonly known: OpenGroup };

/**
 * Members of a group that are looked for before its document is. With one or none the members are all there is to know, and
 * the document need not be asked for: so it is with nearly every key of nearly every record. One more than decides it, since an index may take
 * two elements for one.
 */
const LOOKED_FOR = 3;
const ALL_KNOWN = 1;
/** As `LookUp` allows. */
const AT_ONCE = 10_000;
const PAGE = 1_000;

export interface GroupedModel extends Model {
  readonly projection: Model['projection'] & { readonly groups: Groups<unknown> };
  readonly groups: NonNullable<Model['groups']>;
}

export function isGrouped(model: Model): model is GroupedModel {
  return model.groups !== undefined && model.projection.groups !== undefined;
}

/**
 * Where to start with each group, as before the moves: one look-up of members for all of them, and one load of the documents of those
 * that have more.
 *
 * A group is left out when a member is already further than `upTo`. Whoever wrote that member wrote its groups first, and what is seen here is
 * a mixture of before and after: a batch that was cut off, or a writer that has been overtaken.
 */
export async function findGroups(
  readStore: ReadStore,
  model: GroupedModel,
  moves: ReadonlyMap<string, readonly GroupMove[]>,
  upTo: number,
): Promise<ReadonlyMap<string, GroupStart>> {
  // What is in flight now may be in the store when it is asked: then it is the same.
  const inFlight = model.groupsInFlight;
  const found = await lookUpMembers(readStore, model, [...moves.keys()]);
  const starts = new Map<string, GroupStart>();
  const large: string[] = [];
  for (const [group, own] of moves) {
    const documents = found.get(group) ?? [];
    if (documents.some((document) => positionOf(document) > upTo)) continue;
    if (documents.length > ALL_KNOWN) large.push(group);
    else starts.set(group, { members: membersBefore(model, group, documents, own, inFlight) });
  }
  const missing = large.filter((group) => !inFlight.sums.has(group));
  const stored = missing.length > 0 ? await readStore.load(model.groups, missing) : new Map();
  for (const group of large) {
    const at = stored.get(group);
    const known =
      inFlight.sums.get(group) ??
      (at && { sum: model.projection.groups.open(at.document), guard: at.position });
    if (known) {
      starts.set(group, { known });
      continue;
    }
    // It was removed by a batch that was cut off before its members were written.
    const documents = await allMembers(readStore, model, group);
    if (documents.some((document) => positionOf(document) > upTo)) continue;
    const own = moves.get(group) ?? [];
    starts.set(group, { members: membersBefore(model, group, documents, own, inFlight) });
  }
  return starts;
}

/** All members of a group that the store has. */
export async function allMembers(
  readStore: ReadStore,
  { collection, projection }: GroupedModel,
  group: string,
): Promise<readonly Document[]> {
  const documents: Document[] = [];
  let cursor: string | undefined;
  do {
    const page = await readStore.find(collection, {
      filter: { [projection.groups.namedIn]: group },
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
function positionOf(document: Document): number {
  return Number(document.position ?? -1);
}

async function lookUpMembers(
  readStore: ReadStore,
  { collection, projection }: GroupedModel,
  groups: readonly string[],
): Promise<ReadonlyMap<string, readonly Document[]>> {
  const field = projection.groups.namedIn;
  const wanted = new Set(groups);
  const found = new Map<string, Document[]>();
  for (let from = 0; from < groups.length; from += AT_ONCE) {
    const elements = groups.slice(from, from + AT_ONCE);
    const lookUp: LookUp = { field, elements, most: LOOKED_FOR };
    for (const document of (await readStore.lookUp(collection, lookUp)).values()) {
      for (const group of document[field] as readonly string[]) {
        if (!wanted.has(group)) continue;
        const others = found.get(group);
        if (!others) found.set(group, [document]);
        else if (!others.some(({ id }) => id === document.id)) others.push(document);
      }
    }
  }
  return found;
}

/** What is in flight goes over what is stored, and what the fold itself started from over both. */
function membersBefore(
  model: GroupedModel,
  group: string,
  documents: readonly Document[],
  moves: readonly GroupMove[],
  inFlight: GroupsInFlight,
): Members {
  const members: Members = new Map(
    documents.map((document) => [document.id, partIn(model, group, document)]),
  );
  for (const [member, part] of inFlight.moved.get(group) ?? []) put(members, member, part);
  const seen = new Set<string>();
  for (const { member, before } of moves) {
    if (!seen.has(member)) put(members, member, before);
    seen.add(member);
  }
  return members;
}

/** A member with this part, or none. */
export function put(members: Members, member: string, part: unknown): void {
  if (part === undefined) members.delete(member);
  else members.set(member, part);
}
