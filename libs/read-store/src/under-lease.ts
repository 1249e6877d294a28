import type { Lease } from './leases.port.js';
import type { ReadStore } from './read-store.port.js';

/**
 * The store as a worker uses it that works under a lease: whatever it changes carries the lease as its fence.
 * @param lease the one held now; called for every change
 */
export function underLease(store: ReadStore, lease: () => Lease): ReadStore {
  return {
    ...store,
    write: (batch) => store.write({ ...batch, fence: lease() }),
    drop: (collection) => store.drop(collection, lease()),
    forget: (name) => store.forget(name, lease()),
  };
}
