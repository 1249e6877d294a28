import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
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
export const LOCAL_KEY_FILE = 'token.key';

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
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const id = createHash('sha256').update(der).digest('base64url').slice(0, 22);
  return { id, privateKey, publicKey };
}
