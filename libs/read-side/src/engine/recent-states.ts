/** The most recently kept values by key, no more than a limit. */
export interface RecentStates<Value> {
  get(key: string): Value | undefined;
  keep(key: string, value: Value): void;
  delete(key: string): void;
  clear(): void;
}

/**
 * Two generations instead of a linked list: when the young one is full it becomes the old one, and the old one goes.
 * A key found in the old generation moves to the young one.
 */
export function createRecentStates<Value>(limit: number): RecentStates<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  function keep(key: string, value: Value): void {
    young.set(key, value);
    if (young.size * 2 < limit) return;
    old = young;
    young = new Map();
  }
  return {
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const kept = old.get(key);
      if (kept !== undefined) keep(key, kept);
      return kept;
    },
    keep,
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
    clear() {
      young.clear();
      old.clear();
    },
  };
}
