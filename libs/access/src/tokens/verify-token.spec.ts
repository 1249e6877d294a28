import { createHmac, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, exportJWK, type JWTPayload, SignJWT } from 'jose';
import { settableClock } from '#platform';
import { issueToken, LONGEST_TTL_S } from './issue-token.js';
import { type LocalKey, loadLocalKey } from './local-key.js';
import { TokenRefused } from './verified-token.js';
import { type TokenAuthorities, verifyToken } from './verify-token.js';

const NOW = '2026-03-01T00:00:00.000Z';
const now = Date.parse(NOW) / 1_000;
const USER = '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11';
const PROVIDER = { issuer: 'https://id.example.vn/', audience: 'leadledger' };
const provider = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ed25519');
const clock = settableClock(NOW);
let folder: string;
let localKey: LocalKey;
let authorities: TokenAuthorities;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'access tokens '));
  localKey = await loadLocalKey(folder);
  const jwk = { ...(await exportJWK(provider.publicKey)), kid: 'p1', alg: 'ES256' };
  const secret = { kty: 'oct', k: Buffer.from('s'.repeat(32)).toString('base64url'), kid: 'oct' };
  const keys = createLocalJWKSet({ keys: [jwk, secret] });
  authorities = { localKey, provider: { ...PROVIDER, keys }, clock };
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => clock.set(NOW));

const LOCAL: JWTPayload = { iss: 'leadledger', aud: 'leadledger', sub: USER, exp: now + 60 };
const THEIRS: JWTPayload = {
  iss: PROVIDER.issuer,
  aud: PROVIDER.audience,
  sub: 'x',
  exp: now + 60,
};
const local = (claims: JWTPayload, key = localKey.privateKey, header = {}) =>
  new SignJWT({ ...LOCAL, ...claims }).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(key);
const theirs = (claims: JWTPayload, header = {}, key = provider.privateKey) =>
  new SignJWT({ ...THEIRS, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'p1', ...header })
    .sign(key);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const verify = (token: string) => verifyToken(token, authorities);

/** A token signed by HMAC with a public key, as if it were a shared secret. */
function confused(claims: JWTPayload, header: object, secret: string | Buffer): string {
  const input = `${part({ alg: 'HS256', ...header })}.${part(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}
const pem = () => localKey.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const x = () => Buffer.from(localKey.publicKey.export({ format: 'jwk' }).x as string, 'base64url');

describe('a token of this installation', () => {
  it('is good for its user until its time is up', async () => {
    const token = await issueToken(localKey, clock, USER, 3_600);
    const refusedAfter = (now + 3_600) * 1_000;
    expect(await verify(token)).toEqual({ signedBy: 'local', subject: USER, refusedAfter });
    clock.advance(3_599_000);
    await expect(verify(token)).resolves.toBeDefined();
    clock.advance(1_000);
    await expect(verify(token)).rejects.toMatchObject({ code: 'token_expired' });
  });

  it.each([0, -1, 1.5, LONGEST_TTL_S + 1, Number.NaN])('is not issued for %p seconds', (ttl) => {
    expect(() => issueToken(localKey, clock, USER, ttl)).toThrow(RangeError);
  });
});

describe('a token of the identity provider', () => {
  it('is good with its key, issuer and audience', async () => {
    expect(await verify(await theirs({ email: 'a@example.vn', email_verified: true }))).toEqual({
      signedBy: 'provider',
      subject: 'x',
      verifiedEmail: 'a@example.vn',
      refusedAfter: (now + 90) * 1_000,
    });
  });

  it.each([false, undefined, 'true'])('tells no e-mail when verified is %p', async (verified) => {
    const token = await theirs({ email: 'a@example.vn', email_verified: verified });
    expect((await verify(token)).verifiedEmail).toBeUndefined();
  });

  it('is nothing to an installation without one', async () => {
    const token = await theirs({});
    await expect(verifyToken(token, { localKey, clock })).rejects.toBeInstanceOf(TokenRefused);
  });
});

describe('a token is refused', () => {
  it.each<[string, () => string | Promise<string>]>([
    ['expired', () => local({ exp: now - 1 })],
    ['without an end', () => local({ exp: undefined })],
    ['not good before a later time', () => local({ nbf: now + 1 })],
    ['without a subject', () => local({ sub: undefined })],
    ['with an empty subject', () => local({ sub: '' })],
    ['with a subject that is no text', () => local({ sub: 7 as unknown as string })],
    ['signed by another key', () => local({}, stranger.privateKey)],
    [
      'signed by another key under our key id',
      () => local({}, stranger.privateKey, { kid: localKey.id }),
    ],
    [
      'bringing its own key',
      async () => local({}, stranger.privateKey, { jwk: await exportJWK(stranger.publicKey) }),
    ],
    ['of another issuer', () => local({ iss: 'someone' })],
    ['of no issuer', () => local({ iss: undefined })],
    ['for another audience', () => local({ aud: 'someone' })],
    ['for no audience', () => local({ aud: undefined })],
    [
      'with an unknown critical header',
      () => `${part({ alg: 'EdDSA', crit: ['x'], x: 1 })}.${part(LOCAL)}.AAAA`,
    ],
    ['of alg none', () => `${part({ alg: 'none' })}.${part(LOCAL)}.`],
    ['of alg none with a signature', () => `${part({ alg: 'none' })}.${part(LOCAL)}.AAAA`],
    ['of alg NONE', () => `${part({ alg: 'NONE' })}.${part(LOCAL)}.AAAA`],
    ['of no alg', () => `${part({})}.${part(LOCAL)}.AAAA`],
    ['signed by HMAC with our public key in PEM', () => confused(LOCAL, {}, pem())],
    ['signed by HMAC with our public key in bytes', () => confused(LOCAL, {}, x())],
    [
      'signed by HMAC with a secret in the key set',
      () => confused(THEIRS, { kid: 'oct' }, 's'.repeat(32)),
    ],
    [
      'with its claims changed',
      async () => (await local({})).replace(/\.[^.]+\./, `.${part({ ...LOCAL, sub: 'x' })}.`),
    ],
    ['with its signature cut', async () => (await local({})).slice(0, -8)],
    ['with its signature gone', async () => (await local({})).replace(/[^.]+$/, '')],
    ['of the provider, signed by us', () => local({ iss: PROVIDER.issuer })],
    ['of ours, signed by the provider', () => theirs({ iss: 'leadledger' })],
    ['of the provider for another audience', () => theirs({ aud: 'other-app' })],
    ['of the provider with an unknown key', () => theirs({}, { kid: 'p2' })],
    ['of the provider, expired', () => theirs({ exp: now - 31 })],
    ['garbage', () => 'garbage'],
    ['garbage in three parts', () => 'a.b.c'],
    ['empty parts', () => '..'],
    ['five parts', () => 'a.b.c.d.e'],
    ['with spaces', () => 'a. b.c'],
    ['not a list of claims', () => `${part({ alg: 'EdDSA' })}.${part([1])}.AAAA`],
    ['oversize', () => local({ padding: 'x'.repeat(9_000) })],
    ['a megabyte', () => 'a'.repeat(1_000_000)],
  ])('%s', async (_, make) => {
    const refusal = await verify(await make()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TokenRefused);
  });

  it('but not one of the provider within the skew of clocks', async () => {
    await expect(verify(await theirs({ nbf: now + 29, exp: now + 60 }))).resolves.toBeDefined();
    await expect(verify(await theirs({ exp: now - 29 }))).resolves.toBeDefined();
  });
});
