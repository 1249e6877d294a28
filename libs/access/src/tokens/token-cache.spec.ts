import { createTokenCache } from './token-cache.js';
import type { VerifiedToken } from './verified-token.js';

const verified = (subject: string, refusedAfter = 1_000): VerifiedToken => ({
  signedBy: 'local',
  subject,
  refusedAfter,
});

describe('the token cache', () => {
  it('remembers a token until it expires', () => {
    const cache = createTokenCache();
    cache.put('a', verified('u1'));
    expect(cache.get('a', 999)?.subject).toBe('u1');
    expect(cache.get('b', 999)).toBeUndefined();
    expect(cache.get('a', 1_000)).toBeUndefined();
    expect(cache.get('a', 0)).toBeUndefined();
  });

  it('forgets the longest unused token when full', () => {
    const cache = createTokenCache(2);
    cache.put('a', verified('u1'));
    cache.put('b', verified('u2'));
    cache.get('a', 0);
    cache.put('c', verified('u3'));
    expect(['a', 'b', 'c'].map((token) => cache.get(token, 0)?.subject)).toEqual([
      'u1',
      undefined,
      'u3',
    ]);
  });
});
