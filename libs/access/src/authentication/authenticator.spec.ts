import { HttpProblem, settableClock } from '#platform';
import { createDirectory, type Directory } from '../directory/directory.js';
import type { Principal } from '../principal.js';
import { ProviderUnavailable, TokenRefused, type VerifiedToken } from '../tokens/verified-token.js';
import { createAuthenticator } from './authenticator.js';

const NOW = '2026-03-01T00:00:00.000Z';
const EXPIRY = Date.parse(NOW) + 60_000;
const TOKENS: Record<string, VerifiedToken> = {
  local: { signedBy: 'local', subject: 'an', refusedAfter: EXPIRY },
  localNobody: {
    signedBy: 'local',
    subject: 'x',
    verifiedEmail: 'an@example.vn',
    refusedAfter: EXPIRY,
  },
  provider: { signedBy: 'provider', subject: 'an', refusedAfter: EXPIRY },
  providerByEmail: {
    signedBy: 'provider',
    subject: 'x',
    verifiedEmail: 'an@example.vn',
    refusedAfter: EXPIRY,
  },
  providerNobody: { signedBy: 'provider', subject: 'x', refusedAfter: EXPIRY },
};

function setup() {
  const active = new Set(['an']);
  const directory: Directory = {
    ...createDirectory(),
    principalOf: (userId) =>
      active.has(userId)
        ? ({ userId, roles: [], teamIds: [], teamMemberIds: [], locale: 'vi' } satisfies Principal)
        : undefined,
    activeUserByEmail: (email) => (email === 'an@example.vn' ? 'an' : undefined),
  };
  const clock = settableClock(NOW);
  let verifications = 0;
  const verify = async (token: string) => {
    verifications += 1;
    if (token === 'down') throw new ProviderUnavailable(new Error('x'));
    const verified = TOKENS[token];
    if (!verified) throw new TokenRefused(token === 'old' ? 'token_expired' : 'token_invalid');
    return verified;
  };
  const authenticator = createAuthenticator({ verify, directory, clock });
  const problemFor = async (header: string | undefined) => {
    const problem = await authenticator.authenticate(header).catch((error: unknown) => error);
    if (problem instanceof HttpProblem) return problem;
    throw new Error('It was let in.');
  };
  return { authenticator, active, clock, problemFor, verifications: () => verifications };
}

describe('authentication', () => {
  it.each(['local', 'provider', 'providerByEmail'])('lets in by a %s token', async (token) => {
    const { authenticator } = setup();
    expect((await authenticator.authenticate(`Bearer ${token}`)).userId).toBe('an');
  });

  it.each([
    [undefined, 'token_missing'],
    ['', 'token_missing'],
    ['Bearer', 'token_missing'],
    ['Bearer   ', 'token_missing'],
    ['Basic bG9jYWw=', 'token_missing'],
    ['local', 'token_missing'],
    ['Bearer garbage', 'token_invalid'],
    ['Bearer local, Bearer local', 'token_invalid'],
    ['Bearer old', 'token_expired'],
    ['Bearer localNobody', 'user_not_active'],
    ['Bearer providerNobody', 'user_not_active'],
  ])('refuses %p with %s', async (header, code) => {
    const { problemFor } = setup();
    const problem = await problemFor(header);
    expect([problem.status, problem.code]).toEqual([401, code]);
    const challenge = problem.headers['www-authenticate'];
    expect(challenge).toMatch(/^Bearer realm="leadledger"/);
    expect(challenge?.includes('error="invalid_token"')).toBe(code !== 'token_missing');
  });

  it('takes the scheme in any letter case', async () => {
    const { authenticator } = setup();
    expect((await authenticator.authenticate('bearer local')).userId).toBe('an');
  });

  it('says 503, not 401, while the provider’s keys cannot be had', async () => {
    const problem = await setup().problemFor('Bearer down');
    expect([problem.status, problem.headers['retry-after']]).toEqual([503, '5']);
  });

  it('verifies a token once, and yet refuses a deactivated user at once', async () => {
    const { authenticator, active, problemFor, verifications } = setup();
    for (let count = 0; count < 3; count++) await authenticator.authenticate('Bearer local');
    expect(verifications()).toBe(1);
    active.delete('an');
    expect((await problemFor('Bearer local')).code).toBe('user_not_active');
    expect(authenticator.known('Bearer local')).toBeUndefined();
  });

  it('verifies again when the time is up, and every time what was refused', async () => {
    const { authenticator, clock, problemFor, verifications } = setup();
    await authenticator.authenticate('Bearer local');
    clock.advance(60_000);
    await authenticator.authenticate('Bearer local');
    expect(verifications()).toBe(2);
    await problemFor('Bearer garbage');
    await problemFor('Bearer garbage');
    expect(verifications()).toBe(4);
  });

  it('knows a caller only by a token that it verified', async () => {
    const { authenticator, verifications } = setup();
    expect(authenticator.known('Bearer local')).toBeUndefined();
    await authenticator.authenticate('Bearer local');
    expect(authenticator.known('Bearer local')?.userId).toBe('an');
    expect(authenticator.known(undefined)).toBeUndefined();
    expect(verifications()).toBe(1);
  });
});
