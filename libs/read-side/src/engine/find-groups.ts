import type { Document, ReadStore, Stored } from '#read-store';
import {
  allMembers,
  type GroupedModel,
  lookUpMembers,
  type Members,
  partIn,
  positionOf,
  put,
} from './group-members.js';
import type { GroupMove, GroupsInFlight, OpenGroup } from './group-moves.js';

/** Where folding a group starts: at all its members, or at what is known of it. */
export type GroupStart = { readonly members: Members } | { readonly known: OpenGroup };

/**
 * Members of a group that are looked for before its document is. With one or none the members are all there is to know, and
 * the document need not be asked for: so it is with nearly every key of nearly every record. One more than decides it, since an index may take
 * two elements for one.
 */
const LOOKED_FOR = 3;
const ALL_KNOWN = 1;

/** Where to start with each group, as before the moves. A group is left out that whoever was ahead has written already. */
export function findGroups(
  readStore: ReadStore,
  model: GroupedModel,
  moves: ReadonlyMap<string, readonly GroupMove[]>,
  upTo: number,
): Promise<ReadonlyMap<string, GroupStart>> {
  const { members } = model.projection.groups;
  // What is in flight now may be in the store when it is asked: then it is the same.
  const asked = { readStore, model, moves, upTo, inFlight: model.groupsInFlight };
  return 'namedIn' in members ? findByMembers(asked, members.namedIn) : findByDocuments(asked);
}

interface Asked {
  readonly readStore: ReadStore;
  readonly model: GroupedModel;
  readonly moves: ReadonlyMap<string, readonly GroupMove[]>;
  readonly upTo: number;
  readonly inFlight: GroupsInFlight;
}

/**
 * One look-up of members for all of them, and one load of the documents of those
 * that have more.
 *
 * A group is left out when a member is already further than `upTo`. Whoever wrote that member wrote its groups first, and what is seen here is
 * a mixture of before and after: a batch that was cut off, or a writer that has been overtaken.
 */
async function findByMembers(
  asked: Asked,
  namedIn: string,
): Promise<ReadonlyMap<string, GroupStart>> {
  const { readStore, model, moves, upTo, inFlight } = asked;
  const found = await lookUpMembers(readStore, model, namedIn, [...moves.keys()], LOOKED_FOR);
  const starts = new Map<string, GroupStart>();
  const large: string[] = [];
  for (const [group, own] of moves) {
    const documents = found.get(group) ?? [];
    if (documents.some((document) => positionOf(document) > upTo)) continue;
    if (documents.length > ALL_KNOWN) large.push(group);
    else starts.set(group, { members: membersBefore(model, group, documents, own, inFlight) });
  }
  for (const start of await knownOrMembers(asked, large)) {
    starts.set(...start);
  }
  return starts;
}

/** One load of the documents. What has none has no members, or has lost its last one to a batch that was cut off before that one was written. */
async function findByDocuments(asked: Asked): Promise<ReadonlyMap<string, GroupStart>> {
  return new Map(await knownOrMembers(asked, [...asked.moves.keys()]));
}

/** Groups by their documents, and those that have none by all their members. */
async function knownOrMembers(
  { readStore, model, moves, upTo, inFlight }: Asked,
  groups: readonly string[],
): Promise<readonly (readonly [string, GroupStart])[]> {
  const missing = groups.filter((group) => !inFlight.sums.has(group));
  const stored =
    missing.length > 0 ? await readStore.load(model.groups, missing) : new Map<string, Stored>();
  const starts: (readonly [string, GroupStart])[] = [];
  for (const group of groups) {
    const at = stored.get(group);
    const known =
      inFlight.sums.get(group) ??
      (at && { sum: model.projection.groups.open(at.document), guard: at.position });
    if (known) {
      starts.push([group, { known }]);
      continue;
    }
    // It was removed by a batch that was cut off before its members were written, or there never was one.
    const documents = await allMembers(readStore, model, group);
    if (documents.some((document) => positionOf(document) > upTo)) continue;
    const own = moves.get(group) ?? [];
    starts.push([group, { members: membersBefore(model, group, documents, own, inFlight) }]);
  }
  return starts;
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
