import type { KeyRing } from '../key-ring/key-ring.port.js';

/**
 * Makes a ring hold exactly the keys of another. A key that was deleted in the source since an earlier copy is deleted in the target too:
 * whom it erased stays erased.
 * @param target opened with the source's secret
 * @returns how many keys there are
 */
export async function copyKeys(
  source: Pick<KeyRing, 'all' | 'load'>,
  target: Pick<KeyRing, 'all' | 'adopt' | 'delete'>,
  signal?: AbortSignal,
): Promise<number> {
  let count = 0;
  for await (const keys of source.all()) {
    signal?.throwIfAborted();
    await target.adopt(keys);
    count += keys.length;
  }
  for await (const keys of target.all()) {
    const known = await source.load(keys.map(({ id }) => id));
    const erased = keys.filter(({ id }) => !known.has(id)).map(({ id }) => id);
    if (erased.length > 0) await target.delete(erased);
  }
  return count;
}

/** Whether a ring holds exactly the keys of another, and its secret. */
export async function sameKeys(source: KeyRing, target: KeyRing): Promise<boolean> {
  if (!(await source.hashSecret()).equals(await target.hashSecret())) return false;
  return (await holdsAllOf(source, target)) && (await holdsAllOf(target, source));
}

async function holdsAllOf(one: KeyRing, other: KeyRing): Promise<boolean> {
  for await (const keys of one.all()) {
    const found = await other.load(keys.map(({ id }) => id));
    if (!keys.every(({ id, key }) => found.get(id)?.key.equals(key))) return false;
  }
  return true;
}
