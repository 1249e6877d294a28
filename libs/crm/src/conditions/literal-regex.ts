import { caselessPattern } from './case-variants.js';
import type { TextTest } from './condition.js';

const SPECIAL = new Set('\\^$.*+?()[]{}|/-');
const MUST_BE_ESCAPED = new Set('\\^$.*+?()[]{}|');

/** Reads a pattern that is a literal text with an optional leading `^`; undefined when it is any other regular expression. */
export function parseLiteralRegex(pattern: string): Omit<TextTest, 'caseless'> | undefined {
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

/**
 * The regular expression of a test, as MongoDB and JavaScript (with the flag `u`) read it. The variants of each letter are spelled out, so that
 * what folds to what does not depend on whose regular expressions they are.
 */
export function regexOf({ text, anchored, caseless }: TextTest): string {
  return `${anchored ? '^' : ''}${caseless ? caselessPattern(text, escapeRegex) : escapeRegex(text)}`;
}
