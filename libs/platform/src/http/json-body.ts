import type { FastifyInstance } from 'fastify';
import { Refusal } from '#crm';

/** Deepest nesting of a JSON body. Nothing the API takes comes near it; code that walks a value stays within its stack. */
const MAX_JSON_DEPTH = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Replaces the JSON parser of Fastify by one that refuses what it would let through: bytes that are not UTF-8, which
 * would otherwise be stored as replacement characters, and nesting that overflows the stack of whoever walks it.
 * `__proto__` and `constructor.prototype` members are refused as before. Plain text, which Fastify takes too, is taken no
 * more. Under Nest, create the application with `bodyParser: false`.
 */
export function useStrictJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser(['application/json', 'text/plain']);
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = readText(body as Buffer);
    } catch (error) {
      done(error as Error, undefined);
      return;
    }
    // The parser calls back in the same turn and answers nothing of use.
    void parse(request, text, done);
  });
}

function readText(body: Buffer): string {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw malformed('The body is not UTF-8.');
  }
  if (nestsDeeperThan(MAX_JSON_DEPTH, text)) {
    throw malformed('The body nests too deeply.');
  }
  return text;
}

function malformed(message: string): Refusal {
  const code = 'malformed_json';
  return new Refusal('invalid', code, message, { errors: [{ path: 'body', code, message }] });
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [
  34, 92, 91, 93, 123, 125,
];

/** True when brackets outside of strings nest deeper than `limit`. Whether the text is JSON is for the parser to say. */
function nestsDeeperThan(limit: number, text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === QUOTE) {
      index = endOfString(text, index);
    } else if (character === OPEN_LIST || character === OPEN_OBJECT) {
      depth += 1;
      if (depth > limit) return true;
    } else if (character === CLOSE_LIST || character === CLOSE_OBJECT) {
      depth -= 1;
    }
  }
  return false;
}

/** The place of the quote that ends a string. `indexOf` is what makes megabytes of base64 cheap. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(index - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}
