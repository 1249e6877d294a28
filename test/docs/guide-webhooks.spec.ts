import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { signatureOf } from '../../libs/notify/src/webhooks/signature.js';

type IsGenuine = (signature: string, body: Buffer, secret: string, now: number) => boolean;

const guide = readFileSync(new URL('../../docs/guide-api.md', import.meta.url), 'utf8');
const [, section = ''] = guide.split('\n## Webhooks\n');
const [, sample = ''] = /```js\n([\s\S]*?)```/.exec(section) ?? [];

const AT = '2026-03-02T02:00:00.000Z';
const NOW = Date.parse(AT);
const BODY = Buffer.from('{"name":"Lắp camera"}');
const [OLD, SECRET] = ['whsec_old', 'whsec_new'];

describe('the receiver that the guide shows', () => {
  let isGenuine: IsGenuine;
  const folder = mkdtempSync(join(tmpdir(), 'leadledger-guide-'));
  beforeAll(async () => {
    const file = join(folder, 'sample.mjs');
    writeFileSync(file, sample);
    ({ isGenuine } = (await import(pathToFileURL(file).href)) as { isGenuine: IsGenuine });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const sign = (...secrets: string[]) => signatureOf(secrets, AT, BODY.toString());

  it('takes what is signed with its secret, alone or beside another', () => {
    expect(isGenuine(sign(SECRET), BODY, SECRET, NOW)).toBe(true);
    expect(isGenuine(sign(SECRET, OLD), BODY, OLD, NOW + 299_000)).toBe(true);
  });

  it.each<[string, string, Buffer, number]>([
    ['another secret', sign(OLD), BODY, NOW],
    ['another body', sign(SECRET), Buffer.from('{"name":"lắp camera"}'), NOW],
    ['an old call', sign(SECRET), BODY, NOW + 301_000],
    ['a call of the future', sign(SECRET), BODY, NOW - 301_000],
    [
      'another time than was signed',
      sign(SECRET).replace(/t=\d+/, `t=${NOW / 1_000 + 1}`),
      BODY,
      NOW,
    ],
    ['half a signature', sign(SECRET).slice(0, -32), BODY, NOW],
    ['no time', `v1=${createHmac('sha256', SECRET).update('undefined.').digest('hex')}`, BODY, NOW],
    ['nothing', '', BODY, NOW],
    ['something else', 'undefined', BODY, NOW],
  ])('refuses %s', (_what, signature, body, now) => {
    expect(isGenuine(signature, body, SECRET, now)).toBe(false);
  });
});
