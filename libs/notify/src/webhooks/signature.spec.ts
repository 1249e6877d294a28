import { createHmac } from 'node:crypto';
import { signatureOf, webhookSecret } from './signature.js';

const ROOT = Buffer.alloc(32, 7);
const ID = '11111111-1111-4111-8111-111111111111';

describe('the signature of a webhook', () => {
  it('is what a receiver makes of time and body with the secret', () => {
    const secret = webhookSecret(ROOT, ID, 1);
    const body = '{"type":"OpportunityCaptured","name":"Lắp camera"}';
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(
      signatureOf([secret], '2026-03-02T02:00:00.900Z', body),
    ) as unknown as [string, string, string];
    expect(Number(t)).toBe(Date.parse('2026-03-02T02:00:00Z') / 1_000);
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${body}`).digest('hex'));
  });

  it('is made with a secret that is always the same for a webhook and a version, and no other’s', () => {
    const secret = webhookSecret(ROOT, ID, 1);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9_-]{43}$/);
    expect(webhookSecret(ROOT, ID, 1)).toBe(secret);
    expect(webhookSecret(ROOT, ID, 2)).not.toBe(secret);
    expect(webhookSecret(ROOT, '22222222-2222-4222-8222-222222222222', 1)).not.toBe(secret);
    expect(webhookSecret(Buffer.alloc(32, 8), ID, 1)).not.toBe(secret);
  });
});
