import { createHash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { FileDamaged } from './file-store.port.js';

/**
 * The content as it is read, ending in `FileDamaged` when it turns out not to be what the hash says.
 * @param explain what a failure to read means
 */
export function verified(
  content: Readable,
  sha256: string,
  explain: (error: Error) => Error = (error) => error,
): Readable {
  const hash = createHash('sha256');
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest('hex') === sha256 ? null : new FileDamaged(sha256));
    },
  });
  content.once('error', (error) => check.destroy(explain(error)));
  // Whoever stops reading half-way lets go of what is read from.
  check.once('close', () => content.destroy());
  return content.pipe(check);
}
