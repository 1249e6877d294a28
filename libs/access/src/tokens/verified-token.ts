/** What a token says, once its signature, issuer, audience and times have been checked. */
export interface VerifiedToken {
  /** Who signed: this installation, or the configured identity provider. */
  readonly signedBy: 'local' | 'provider';
  readonly subject: string;
  /** An e-mail address that the provider says it has verified. */
  readonly verifiedEmail?: string;
  /** Milliseconds since 1970 after which the token is refused, the skew of a provider's clock included. */
  readonly refusedAfter: number;
}

/** Why a token was refused, for the caller; it never quotes the token. */
export class TokenRefused extends Error {
  constructor(readonly code: 'token_invalid' | 'token_expired') {
    super(code === 'token_expired' ? 'The token has expired.' : 'The token is not valid here.');
    this.name = 'TokenRefused';
  }
}

/** The identity provider's keys cannot be had at the moment, so nothing can be said about its tokens. */
export class ProviderUnavailable extends Error {
  constructor(cause: unknown) {
    super('The key set of the identity provider cannot be read.', { cause });
    this.name = 'ProviderUnavailable';
  }
}

/** How far the clock of an identity provider may be from ours, in seconds. */
export const CLOCK_SKEW_S = 30;
