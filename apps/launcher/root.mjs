import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this launcher stands in, wherever it was called from. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const DIST = join(ROOT, 'dist');

/** Says what the launcher does. Standard output belongs to what it launches. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
