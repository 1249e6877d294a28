import { VALUE_LIMITS } from './limits.js';
import { accepted, type Reader, type Reading, rejected, wrongType } from './reading.js';

/**
 * Not wanted in any text: controls, embedding and override of writing direction, and characters of no width that make
 * equal-looking values unequal. Joiners stay, since scripts and emoji are spelt with them.
 */
const INVISIBLE =
  '\\u200B\\u2028\\u2029\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF\\uFFF9-\\uFFFB';
const NOT_IN_LINE = new RegExp(`[\\p{Cc}${INVISIBLE}]`, 'u');
const NOT_IN_LINES = new RegExp(`(?![\\n\\t])[\\p{Cc}${INVISIBLE}]`, 'u');
const LONE_SURROGATE = /\p{Cs}/u;

interface TextRules {
  /** Most code points. */
  readonly max: number;
  /** Line breaks and tabs are allowed; every kind of line break becomes `\n`. */
  readonly multiline?: boolean;
}

/** A reader of texts: NFC, trimmed, without control characters; one that is empty then empties the field. */
export function textReader({ max, multiline = false }: TextRules): Reader<string> {
  return (raw, path) => {
    if (typeof raw !== 'string') return wrongType(path, 'a text');
    if (LONE_SURROGATE.test(raw)) {
      return rejected(path, 'malformed_text', 'This text is not well-formed Unicode.');
    }
    const lines = multiline ? raw.replace(/\r\n?/g, '\n') : raw;
    const text = lines.normalize('NFC').trim();
    if ((multiline ? NOT_IN_LINES : NOT_IN_LINE).test(text)) {
      return rejected(path, 'control_character', 'This text has characters that cannot be seen.');
    }
    if (text.length > max && [...text].length > max) return tooLong(path, max);
    return accepted(text === '' ? null : text);
  };
}

export function tooLong(path: string, max: number): Reading<never> {
  return rejected(path, 'too_long', `At most ${max} characters.`);
}

/** One line. */
export const readText = textReader({ max: VALUE_LIMITS.text });

/** Any number of lines. */
export const readLongText = textReader({ max: VALUE_LIMITS.longText, multiline: true });
