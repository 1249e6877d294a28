import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Uuid } from '#crm';
import type { Clock } from '#platform';
import type { LocalKey } from './local-key.js';

/** Issuer and audience of the installation's own tokens. */
export const LOCAL_ISSUER = 'leadledger';

/** The algorithm of the local key. */
export const LOCAL_ALGORITHM = 'EdDSA';

/** Ten years, in seconds. */
export const LONGEST_TTL_S = 10 * 366 * 24 * 3_600;

/**
 * Signs a token for a user with the local key. It ends with the user too: a deactivated user's tokens are refused.
 * @param ttlSeconds how long it is good for, from 1 to `LONGEST_TTL_S`
 * @throws RangeError the time is out of range
 */
export function issueToken(
  key: LocalKey,
  clock: Clock,
  userId: Uuid,
  ttlSeconds: number,
): Promise<string> {
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > LONGEST_TTL_S) {
    throw new RangeError(`A token is good for 1 to ${LONGEST_TTL_S} seconds.`);
  }
  const now = Math.floor(Date.parse(clock.now()) / 1_000);
  return new SignJWT()
    .setProtectedHeader({ alg: LOCAL_ALGORITHM, typ: 'JWT', kid: key.id })
    .setIssuer(LOCAL_ISSUER)
    .setAudience(LOCAL_ISSUER)
    .setSubject(userId)
    .setIssuedAt(now)
    .setExpirationTime(now + ttlSeconds)
    .setJti(randomUUID())
    .sign(key.privateKey);
}
