import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { ProviderUnavailable } from './verified-token.js';

const TIMEOUT_MS = 5_000;
/** Keys are fetched again after this time, so that a withdrawn key goes away. */
const MAX_AGE_MS = 600_000;
/** Least time between fetches for keys that are not known: made-up key ids do not become requests to the provider. */
const COOLDOWN_MS = 30_000;
/** How long a failed fetch is not repeated. */
const BACK_OFF_MS = 5_000;

/**
 * The keys of an identity provider, fetched when first needed and kept.
 * @throws ProviderUnavailable from the getter, when they cannot be had
 */
export function providerKeys(url: URL, monotonicMs = () => performance.now()): JWTVerifyGetKey {
  let failedAt = Number.NEGATIVE_INFINITY;
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: TIMEOUT_MS,
    cacheMaxAge: MAX_AGE_MS,
    cooldownDuration: COOLDOWN_MS,
    [customFetch]: async (address, options) => {
      if (monotonicMs() - failedAt < BACK_OFF_MS) throw new Error('A fetch failed moments ago.');
      try {
        const response = await fetch(address, options);
        if (response.status !== 200) failedAt = monotonicMs();
        return response;
      } catch (error) {
        failedAt = monotonicMs();
        throw error;
      }
    },
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (aboutTheToken(error)) throw error;
      throw new ProviderUnavailable(error);
    }
  };
}

/** The set was read, but holds no one key for this token. */
function aboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
