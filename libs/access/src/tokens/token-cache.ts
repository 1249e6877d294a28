import { createHash } from 'node:crypto';
import type { VerifiedToken } from './verified-token.js';

/**
 * Remembers tokens that were verified, by their hash, until they expire. Bounded: the longest unused one makes room.
 * It holds what a token says, never whether its user may still come in.
 */
export interface TokenCache {
  get(token: string, nowMs: number): VerifiedToken | undefined;
  put(token: string, verified: VerifiedToken): void;
}

/** @param capacity most tokens kept */
export function createTokenCache(capacity = 10_000): TokenCache {
  const entries = new Map<string, VerifiedToken>();
  return {
    get(token, nowMs) {
      const key = hashOf(token);
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (nowMs >= entry.refusedAfter) return undefined;
      // A map keeps the order of insertion: what was used last goes last.
      entries.set(key, entry);
      return entry;
    },
    put(token, verified) {
      entries.set(hashOf(token), verified);
      if (entries.size <= capacity) return;
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
