/** Names that start with a prefix, as a range in the order of their UTF-8 bytes: from `from`, before `to`. */
export interface PrefixRange {
  readonly from: string;
  /** Undefined: no upper end. */
  readonly to: string | undefined;
}

const LAST = 0x10ffff;
const SURROGATES = { first: 0xd800, last: 0xdfff };

/** The range of a prefix. An index can seek a range, unlike a LIKE, whose case folding it would have to share. */
function prefixRange(prefix: string): PrefixRange {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.length > 0) {
    const last = points.pop() as number;
    if (last === LAST) continue;
    const next = last + 1 === SURROGATES.first ? SURROGATES.last + 1 : last + 1;
    return { from: prefix, to: String.fromCodePoint(...points, next) };
  }
  return { from: prefix, to: undefined };
}

/** A condition on the column `stream` and its parameters. No prefix: no stream. */
export function prefixCondition(prefixes: readonly string[]): {
  readonly sql: string;
  readonly parameters: readonly string[];
} {
  if (prefixes.length === 0) return { sql: '0', parameters: [] };
  const ranges = prefixes.map(prefixRange);
  return {
    sql: ranges
      .map(({ to }) => `(stream >= ?${to === undefined ? '' : ' AND stream < ?'})`)
      .join(' OR '),
    parameters: ranges.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to])),
  };
}
