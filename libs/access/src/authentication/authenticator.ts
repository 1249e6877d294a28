import type { Clock } from '#platform';
import { HttpProblem } from '#platform';
import type { Directory } from '../directory/directory.js';
import type { Principal } from '../principal.js';
import { createTokenCache } from '../tokens/token-cache.js';
import { ProviderUnavailable, TokenRefused, type VerifiedToken } from '../tokens/verified-token.js';
import { bearerToken } from './bearer-token.js';
import { unauthenticated } from './unauthenticated.js';

/** Finds out who is calling. */
export interface Authenticator {
  /**
   * The caller by the `Authorization` header.
   * @throws HttpProblem 401 `token_missing`, `token_invalid`, `token_expired`, `user_not_active`;
   * 503 `identity_provider_unavailable`
   */
  authenticate(authorization: string | undefined): Promise<Principal>;
  /** The caller when the token was verified before and still holds; costs a hash and two look-ups. */
  known(authorization: string | undefined): Principal | undefined;
}

export interface AuthenticatorParts {
  readonly verify: (token: string) => Promise<VerifiedToken>;
  readonly directory: Directory;
  readonly clock: Clock;
  /** Most verified tokens remembered. */
  readonly cacheCapacity?: number;
}

/** Signatures are checked once a token; whether its user may come in is asked of the directory every time. */
export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const { verify, directory, clock } = parts;
  const cache = createTokenCache(parts.cacheCapacity);
  const remembered = (token: string) => cache.get(token, Date.parse(clock.now()));

  return {
    known(authorization) {
      const token = bearerToken(authorization);
      const verified = token === undefined ? undefined : remembered(token);
      return verified && principalBy(verified, directory);
    },
    async authenticate(authorization) {
      const token = bearerToken(authorization);
      if (token === undefined) {
        throw unauthenticated('token_missing', 'Send a bearer token in the Authorization header.');
      }
      let verified = remembered(token);
      if (!verified) {
        verified = await verify(token).catch(explain);
        cache.put(token, verified);
      }
      const principal = principalBy(verified, directory);
      if (principal) return principal;
      throw unauthenticated('user_not_active', 'The token names no active user.');
    },
  };
}

function explain(error: unknown): never {
  if (error instanceof TokenRefused) throw unauthenticated(error.code, error.message);
  if (error instanceof ProviderUnavailable) {
    throw new HttpProblem(503, 'identity_provider_unavailable', error.message, {
      headers: { 'retry-after': '5' },
    });
  }
  throw error;
}

/** A local token names the user; a provider's names them by its subject or by an e-mail address that it verified. */
function principalBy(verified: VerifiedToken, directory: Directory): Principal | undefined {
  const { subject, verifiedEmail } = verified;
  const bySubject = directory.principalOf(subject);
  if (bySubject || verified.signedBy === 'local' || verifiedEmail === undefined) return bySubject;
  const userId = directory.activeUserByEmail(verifiedEmail);
  return userId === undefined ? undefined : directory.principalOf(userId);
}
