import {
  decodeJwt,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import type { Clock } from '#platform';
import { LOCAL_ALGORITHM, LOCAL_ISSUER } from './issue-token.js';
import type { LocalKey } from './local-key.js';
import {
  CLOCK_SKEW_S,
  ProviderUnavailable,
  TokenRefused,
  type VerifiedToken,
} from './verified-token.js';

/** Bytes; no provider's token comes near it. */
const LARGEST_TOKEN = 8_192;
const SHAPE = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Asymmetric ones only: with a symmetric one, the public key would do as the secret. */
const PROVIDER_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

export interface Provider {
  readonly keys: JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience: string;
}

export interface TokenAuthorities {
  readonly localKey: LocalKey;
  readonly provider?: Provider;
  readonly clock: Clock;
}

/**
 * Checks a token's signature, issuer, audience and times.
 * @throws TokenRefused it does not hold
 * @throws ProviderUnavailable it could not be checked
 */
export async function verifyToken(
  token: string,
  { localKey, provider, clock }: TokenAuthorities,
): Promise<VerifiedToken> {
  if (token.length > LARGEST_TOKEN || !SHAPE.test(token)) throw new TokenRefused('token_invalid');
  const currentDate = new Date(clock.now());
  try {
    // The claim only says whom to ask; whoever it names must then have signed it.
    if (provider && decodeJwt(token).iss === provider.issuer) {
      const { issuer, audience, keys } = provider;
      const algorithms = PROVIDER_ALGORITHMS;
      const demands = demanding(issuer, audience, algorithms);
      const theirTimes = { clockTolerance: CLOCK_SKEW_S, currentDate };
      const { payload } = await jwtVerify(token, keys, { ...demands, ...theirTimes });
      return verified('provider', payload);
    }
    const demands = demanding(LOCAL_ISSUER, LOCAL_ISSUER, [LOCAL_ALGORITHM]);
    const { payload } = await jwtVerify(token, localKey.publicKey, { ...demands, currentDate });
    return verified('local', payload);
  } catch (error) {
    if (error instanceof ProviderUnavailable) throw error;
    throw new TokenRefused(error instanceof errors.JWTExpired ? 'token_expired' : 'token_invalid');
  }
}

function demanding(issuer: string, audience: string, algorithms: string[]): JWTVerifyOptions {
  return { issuer, audience, algorithms, requiredClaims: ['exp', 'sub'] };
}

function verified(signedBy: VerifiedToken['signedBy'], payload: JWTPayload): VerifiedToken {
  const { sub, exp, email, email_verified: emailVerified } = payload;
  if (typeof sub !== 'string' || sub === '' || exp === undefined) {
    throw new TokenRefused('token_invalid');
  }
  const refusedAfter = (exp + (signedBy === 'local' ? 0 : CLOCK_SKEW_S)) * 1_000;
  // An address that the provider has not verified is whatever its user typed: someone else's, for instance.
  const verifiedEmail = emailVerified === true && typeof email === 'string' ? email : undefined;
  return { signedBy, subject: sub, verifiedEmail, refusedAfter };
}
