import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, jwtVerify, SignJWT } from 'jose';
import { providerKeys } from './provider-keys.js';
import { ProviderUnavailable } from './verified-token.js';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
let server: Server;
let url: URL;
let answer: { status: number; body: string };
let asked = 0;

beforeAll(async () => {
  server = createServer((_, response) => {
    asked += 1;
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  asked = 0;
  answer = { status: 200, body: await keySet('k1') };
});

const keySet = async (kid: string) =>
  JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid, alg: 'ES256' }] });
const token = (kid: string) =>
  new SignJWT({ sub: 'x' }).setProtectedHeader({ alg: 'ES256', kid }).sign(pair.privateKey);
const errorOf = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

describe('the keys of an identity provider', () => {
  it('are fetched once for many tokens', async () => {
    const keys = providerKeys(url);
    const tokens = await Promise.all(Array.from({ length: 16 }, () => token('k1')));
    await Promise.all(tokens.map((each) => jwtVerify(each, keys)));
    expect(asked).toBe(1);
  });

  it('are not fetched again for every made-up key id', async () => {
    const keys = providerKeys(url);
    await jwtVerify(await token('k1'), keys);
    for (let id = 0; id < 10; id++) {
      const error = await errorOf(jwtVerify(await token(`made-up-${id}`), keys));
      expect(error).not.toBeInstanceOf(ProviderUnavailable);
      expect(error).toBeInstanceOf(Error);
    }
    expect(asked).toBe(1);
  });

  it.each([
    ['fails', { status: 500, body: '' }],
    ['answers no key set', { status: 200, body: '{}' }],
    ['answers no JSON', { status: 200, body: '<html>' }],
    ['redirects', { status: 302, body: '' }],
  ])('are unavailable when the provider %s', async (_, broken) => {
    answer = broken;
    expect(await errorOf(jwtVerify(await token('k1'), providerKeys(url)))).toBeInstanceOf(
      ProviderUnavailable,
    );
  });

  it('are not asked for again at once after a failure, but later', async () => {
    answer = { status: 503, body: '' };
    let now = 0;
    const keys = providerKeys(url, () => now);
    for (let count = 0; count < 5; count++) {
      expect(await errorOf(jwtVerify(await token('k1'), keys))).toBeInstanceOf(ProviderUnavailable);
    }
    expect(asked).toBe(1);
    answer = { status: 200, body: await keySet('k1') };
    now = 5_001;
    await expect(jwtVerify(await token('k1'), keys)).resolves.toBeDefined();
  });

  it('are unavailable when nobody listens', async () => {
    const nowhere = new URL('http://127.0.0.1:9/keys');
    expect(await errorOf(jwtVerify(await token('k1'), providerKeys(nowhere)))).toBeInstanceOf(
      ProviderUnavailable,
    );
  });
});
