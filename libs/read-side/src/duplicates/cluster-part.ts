import { keyOfText } from './key-in-text.js';

/** What a record brings to a cluster of its key. */
export interface ClusterPart {
  /** Of a weak key: the strong keys of the same kind. Records that share those are a cluster of their own. */
  readonly spelling?: string;
  /** Records that it is known not to be. */
  readonly skipped?: readonly string[];
}

export const NO_PARTS: ReadonlyMap<string, ClusterPart> = new Map();
const NOTHING: ClusterPart = {};

/** The parts of a record by cluster id; those that say the same as `before` are the same objects, so that they count as unchanged. */
export function partsOf(
  ids: readonly string[],
  texts: readonly string[],
  skipped: readonly string[],
  before: ReadonlyMap<string, ClusterPart>,
): ReadonlyMap<string, ClusterPart> {
  const parts = new Map<string, ClusterPart>();
  for (const [index, id] of ids.entries()) {
    const part = partOf(texts[index] ?? '', texts, skipped);
    const old = before.get(id);
    parts.set(id, old && samePart(old, part) ? old : part);
  }
  return parts;
}

function partOf(text: string, texts: readonly string[], skipped: readonly string[]): ClusterPart {
  const { kind, strength } = keyOfText(text);
  if (strength === 'strong' && skipped.length === 0) return NOTHING;
  return {
    ...(strength === 'weak' && { spelling: spellingOf(kind, texts) }),
    ...(skipped.length > 0 && { skipped }),
  };
}

function spellingOf(kind: string, texts: readonly string[]): string {
  return texts
    .filter((text) => text.startsWith(`${kind}:`))
    .sort()
    .join('\n');
}

function samePart(one: ClusterPart, other: ClusterPart): boolean {
  const others = other.skipped ?? [];
  const skipped = one.skipped ?? [];
  return (
    one.spelling === other.spelling &&
    skipped.length === others.length &&
    skipped.every((id, index) => id === others[index])
  );
}
