import type { Uuid } from '#crm';
import { BoundedMap } from '../bounded-map.js';
import type { DataKey, KeyRing } from './key-ring.port.js';

/** Keys at hand, some 10 MB. */
const REMEMBERED_KEYS = 50_000;

export interface KeyCache {
  /** Those of `ids` that exist; at most one query for all that are not remembered. */
  load(ids: ReadonlySet<Uuid>): Promise<ReadonlyMap<Uuid, DataKey>>;
  remember(key: DataKey): void;
  /** Deletes the keys for ever, and from memory before this answers. */
  delete(ids: readonly Uuid[]): Promise<void>;
}

export function createKeyCache(ring: Pick<KeyRing, 'load' | 'delete'>): KeyCache {
  const remembered = new BoundedMap<Uuid, DataKey>(REMEMBERED_KEYS);
  let deletions = 0;
  const forget = (ids: readonly Uuid[]) => {
    deletions += 1;
    for (const id of ids) remembered.delete(id);
  };
  return {
    remember: (key) => remembered.set(key.id, key),
    load: async (ids) => {
      const found = new Map<Uuid, DataKey>();
      const missing: Uuid[] = [];
      for (const id of ids) {
        const key = remembered.get(id);
        if (key) found.set(id, key);
        else missing.push(id);
      }
      if (missing.length === 0) return found;
      const before = deletions;
      for (const [id, key] of await ring.load(missing)) {
        found.set(id, key);
        // What was loaded while keys were deleted may be one of them.
        if (before === deletions) remembered.set(id, key);
      }
      return found;
    },
    delete: async (ids) => {
      forget(ids);
      await ring.delete(ids);
      forget(ids);
    },
  };
}
