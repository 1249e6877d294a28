import type { CollectionDefinition } from './read-store.port.js';

const NAME = /^[a-z][a-z0-9_]*$/;

/** @throws RangeError the name or version is not as the port wants it */
export function checkCollection({
  name,
  version,
}: Pick<CollectionDefinition, 'name' | 'version'>): void {
  if (!NAME.test(name) || !Number.isSafeInteger(version)) {
    throw new RangeError('A collection has a lower-case name and a whole number as version.');
  }
  if (version < 0) throw new RangeError('A version is not negative.');
}
