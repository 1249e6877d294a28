import type { MatchKey, MatchKind, RecordType } from '#crm';

const WEAK = '~';

/** The match key of its text: the opposite of `keyText`. */
export function keyOfText(text: string): MatchKey {
  const strength = text.startsWith(WEAK) ? 'weak' : 'strong';
  const bare = strength === 'weak' ? text.slice(WEAK.length) : text;
  const colon = bare.indexOf(':');
  return { kind: bare.slice(0, colon) as MatchKind, value: bare.slice(colon + 1), strength };
}

/** Names all records of a type that bear a key, given as its text: `lead:email:an@example.vn`. */
export function clusterId(type: RecordType, text: string): string {
  return `${type}:${text}`;
}

/** The type and the key's text of a cluster. */
export function partsOfClusterId(id: string): { readonly type: RecordType; readonly text: string } {
  const colon = id.indexOf(':');
  return { type: id.slice(0, colon) as RecordType, text: id.slice(colon + 1) };
}
