import { Refusal } from '#crm';
import { checkHeaders, idempotencyKey, ifRevision, isKnown } from './headers.js';

const paths = (headers: Record<string, string>): readonly string[] => {
  try {
    checkHeaders(headers);
    return [];
  } catch (error) {
    return error instanceof Refusal ? error.errors.map(({ path }) => path) : ['?'];
  }
};

describe('headers', () => {
  it.each([
    ['idempotency-key', 'a'],
    ['idempotency-key', '~'.repeat(255)],
    ['if-match', '"0"'],
    ['if-match', '*'],
    ['if-match', '"3.b1946ac92492d234"'],
    ['accept-language', 'vi'],
    ['accept-language', 'en-US,en;q=0.9, vi;q=0.8,*;q=0.1'],
  ])('are taken: %s: %s', (name, value) => {
    expect(paths({ [name]: value })).toEqual([]);
  });

  it.each([
    ['idempotency-key', '', 'Idempotency-Key'],
    ['idempotency-key', 'a b', 'Idempotency-Key'],
    ['idempotency-key', 'é', 'Idempotency-Key'],
    ['if-match', '"01"', 'If-Match'],
    ['if-match', '"3."', 'If-Match'],
    ['if-match', '', 'If-Match'],
    ['accept-language', 'vi;q=2', 'Accept-Language'],
    ['accept-language', `${'vi,'.repeat(60)}vi`, 'Accept-Language'],
  ])('are refused: %s: %s', (name, value, path) => {
    expect(paths({ [name]: value })).toEqual([path]);
  });

  it('name the revision that the caller has seen, and none for any', () => {
    expect(ifRevision({ 'if-match': '"12"' })).toBe(12);
    expect(ifRevision({ 'if-match': '"12.b1946ac92492d234"' })).toBe(12);
    expect(ifRevision({ 'if-match': '*' })).toBeUndefined();
    expect(ifRevision({})).toBeUndefined();
    expect(idempotencyKey({ 'idempotency-key': 'k' })).toBe('k');
  });

  it.each([
    ['"3"', true],
    ['W/"3"', true],
    ['"1", "3"', true],
    ['*', true],
    ['"33"', false],
    ['3', false],
  ])('tell whether the version is known: %s', (known, expected) => {
    expect(isKnown({ 'if-none-match': known }, '"3"')).toBe(expected);
  });
});
