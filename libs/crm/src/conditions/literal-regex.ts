const SPECIAL = new Set('\\^$.*+?()[]{}|/-');
const MUST_BE_ESCAPED = new Set('\\^$.*+?()[]{}|');

/** What a `$regex` of the filter language looks for. */
export interface LiteralRegex {
  readonly text: string;
  /** The value starts with the text, rather than contains it. */
  readonly anchored: boolean;
}

/** Reads a pattern that is a literal text with an optional leading `^`; undefined when it is any other regular expression. */
export function parseLiteralRegex(pattern: string): LiteralRegex | undefined {
  const anchored = pattern.startsWith('^');
  let text = '';
  for (let i = anchored ? 1 : 0; i < pattern.length; i++) {
    let character = pattern[i] ?? '';
    if (character === '\\') {
      i += 1;
      character = pattern[i] ?? '';
      if (!SPECIAL.has(character)) return undefined;
    } else if (MUST_BE_ESCAPED.has(character)) return undefined;
    text += character;
  }
  return { text, anchored };
}

/** The pattern that finds `text` as it is written: `a.b` becomes `a\.b`. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
