import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { DataKey } from '../key-ring/key-ring.port.js';

const ALGORITHM = 'aes-256-gcm';
/** In front of every sealed part, so that another way of sealing can follow. */
const FORMAT = 1;
const NONCE = 12;
const TAG = 16;

/** What a sealed part belongs to. It opens nowhere else: not in another stream, event or type. */
export interface SealContext {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
}

/** Seals a text with AES-256-GCM: base64 of format, nonce, ciphertext, tag. */
export function seal(text: string, { key }: DataKey, context: SealContext): string {
  const nonce = nextNonce();
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG });
  cipher.setAAD(boundTo(context));
  const body = cipher.update(text, 'utf8');
  const rest = cipher.final();
  const parts = [Buffer.of(FORMAT), nonce, body, rest, cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64');
}

/** The sealed text, or undefined when it was altered, moved to another event, or sealed with another key. */
export function unseal(sealed: string, { key }: DataKey, context: SealContext): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  const end = bytes.length - TAG;
  if (end < 1 + NONCE || bytes[0] !== FORMAT) return undefined;
  try {
    const nonce = bytes.subarray(1, 1 + NONCE);
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG });
    decipher.setAAD(boundTo(context));
    decipher.setAuthTag(bytes.subarray(end));
    const text = decipher.update(bytes.subarray(1 + NONCE, end)).toString('utf8');
    // Gives no more text; it throws when the tag does not fit.
    decipher.final();
    return text;
  } catch {
    return undefined;
  }
}

function boundTo({ stream, id, type }: SealContext): Buffer {
  return Buffer.from(`${stream}\n${id}\n${type}`);
}

/** Random bytes for many nonces at a time: one call of the generator each costs more than the sealing. */
const pool = Buffer.alloc(NONCE * 512);
let used = pool.length;

function nextNonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const nonce = Buffer.from(pool.subarray(used, used + NONCE));
  used += NONCE;
  return nonce;
}
