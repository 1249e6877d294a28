import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { join } from 'node:path';
import { PrivateFileError, readPrivateFile, writePrivateFile } from './private-file.js';

/** The installation's own signing key (Ed25519). */
export interface LocalKey {
  /** Names the key in the header of its tokens: a hash of the public half. */
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The name of the key's file in the data folder. */
const LOCAL_KEY_FILE = 'token.key';

/**
 * The key kept in the data folder, made at the first start. Without the file, tokens issued before are worthless:
 * taking it away and starting again revokes them all.
 * @throws PrivateFileError the file is no such key, or others may read it
 */
export async function loadLocalKey(dataFolder: string): Promise<LocalKey> {
  const file = join(dataFolder, LOCAL_KEY_FILE);
  const kept = await readPrivateFile(file);
  if (kept !== undefined) return keyFrom(kept, file);
  const { privateKey } = generateKeyPairSync('ed25519');
  await writePrivateFile(
    file,
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    'absent',
  );
  // Read back: another process may have been first.
  return keyFrom((await readPrivateFile(file)) ?? '', file);
}

/** In front of the 32 bytes of an Ed25519 key in PKCS#8 (RFC 8410, section 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The key of an installation of several processes, the same in each of them, from a secret that they share.
 * @param secret at least 32 random bytes
 */
export function localKeyFromSecret(secret: Buffer): LocalKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'leadledger token key', 32));
  const key = Buffer.concat([PKCS8_ED25519, seed]);
  return localKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' }));
}

function keyFrom(pem: string, file: string): LocalKey {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    throw new PrivateFileError(file, 'does not hold a private key');
  }
  if (privateKey.asymmetricKeyType !== 'ed25519') {
    throw new PrivateFileError(file, 'holds a key that is not Ed25519');
  }
  return localKey(privateKey);
}

function localKey(privateKey: KeyObject): LocalKey {
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const id = createHash('sha256').update(der).digest('base64url').slice(0, 22);
  return { id, privateKey, publicKey };
}
