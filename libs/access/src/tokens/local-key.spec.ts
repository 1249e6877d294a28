import { sign, verify } from 'node:crypto';
import { localKeyFromSecret } from './local-key.js';

describe('the key of an installation of several processes', () => {
  const secret = Buffer.alloc(32, 7);

  it('is the same in each of them', () => {
    const [one, other] = [localKeyFromSecret(secret), localKeyFromSecret(Buffer.from(secret))];
    expect(other.id).toBe(one.id);
    const message = Buffer.from('token');
    const signature = sign(null, message, one.privateKey);
    expect(verify(null, message, other.publicKey, signature)).toBe(true);
  });

  it('is another for another secret, and does not hold the secret itself', () => {
    const key = localKeyFromSecret(secret);
    expect(localKeyFromSecret(Buffer.alloc(32, 8)).id).not.toBe(key.id);
    const der = key.privateKey.export({ type: 'pkcs8', format: 'der' });
    expect(der.includes(secret)).toBe(false);
  });
});
