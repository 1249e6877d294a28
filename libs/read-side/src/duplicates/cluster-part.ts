import { type RecordType, weakFormOf } from '#crm';
import { clusterId, keyOfText } from './key-in-text.js';

/** What a record brings to a cluster of its key. */
export interface ClusterPart {
  /** Of a weak key: the strong keys that it is the weak form of. Records that share those are a cluster of their own. */
  readonly spelling?: string;
  /** Records that it is known not to be. */
  readonly skipped?: readonly string[];
  /** What it was merged into, as a record key. */
  readonly behind?: string;
  /** Set on a standing one into which something was merged: the cluster has to know whether such a one is among its records. */
  readonly survivor?: true;
}

/** What a record brings to all of its clusters alike. */
export interface BroughtAlike {
  readonly skipped: readonly string[];
  readonly behind: string | undefined;
  readonly survivor: boolean;
}

export const NO_PARTS: ReadonlyMap<string, ClusterPart> = new Map();
const NOTHING: ClusterPart = {};

/**
 * The parts of a record by cluster id, in the clusters of each of the types; those that say the same as `before` are the same
 * objects, so that they count as unchanged.
 */
export function partsOf(
  types: readonly RecordType[],
  texts: readonly string[],
  brought: BroughtAlike,
  before: ReadonlyMap<string, ClusterPart>,
): ReadonlyMap<string, ClusterPart> {
  const parts = new Map<string, ClusterPart>();
  const alike = alikeOf(brought);
  for (const text of texts) {
    const part = partOf(text, texts, alike);
    for (const type of types) {
      const id = clusterId(type, text);
      const old = before.get(id);
      parts.set(id, old && samePart(old, part) ? old : part);
    }
  }
  return parts;
}

/** Most records are like any other. */
function alikeOf({ skipped, behind, survivor }: BroughtAlike): ClusterPart {
  if (skipped.length === 0 && behind === undefined && !survivor) return NOTHING;
  return {
    ...(skipped.length > 0 && { skipped }),
    ...(behind !== undefined ? { behind } : survivor && { survivor }),
  };
}

function partOf(text: string, texts: readonly string[], alike: ClusterPart): ClusterPart {
  const { kind, strength, value } = keyOfText(text);
  if (strength === 'strong') return alike;
  const spelling = spellingOf(kind, value, texts);
  return alike === NOTHING ? { spelling } : { ...alike, spelling };
}

function spellingOf(kind: string, weak: string, texts: readonly string[]): string {
  const front = `${kind}:`;
  const ofKind = texts.filter((text) => text.startsWith(front));
  // Most have one of each kind, which needs no look.
  if (ofKind.length === 1) return ofKind[0] ?? '';
  return ofKind
    .filter((text) => weakFormOf(kind, text.slice(front.length)) === weak)
    .sort()
    .join('\n');
}

function samePart(one: ClusterPart, other: ClusterPart): boolean {
  if (one === other) return true;
  const others = other.skipped ?? [];
  const skipped = one.skipped ?? [];
  return (
    one.spelling === other.spelling &&
    one.behind === other.behind &&
    one.survivor === other.survivor &&
    skipped.length === others.length &&
    skipped.every((id, index) => id === others[index])
  );
}
