import { weakFormOf } from '#crm';
import { keyOfText } from './key-in-text.js';

/** What a record brings to a cluster of its key. */
export interface ClusterPart {
  /** Of a weak key: the strong keys that it is the weak form of. Records that share those are a cluster of their own. */
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
  const { kind, strength, value } = keyOfText(text);
  if (strength === 'strong' && skipped.length === 0) return NOTHING;
  return {
    ...(strength === 'weak' && { spelling: spellingOf(kind, value, texts) }),
    ...(skipped.length > 0 && { skipped }),
  };
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
  const others = other.skipped ?? [];
  const skipped = one.skipped ?? [];
  return (
    one.spelling === other.spelling &&
    skipped.length === others.length &&
    skipped.every((id, index) => id === others[index])
  );
}
