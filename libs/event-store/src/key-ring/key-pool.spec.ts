import { newKey } from '../contract/domain-events.js';
import { createKeyPool } from './key-pool.js';
import type { DataKey } from './key-ring.port.js';

describe('The pool of keys', () => {
  const made: DataKey[] = [];
  let failing = false;
  let calls = 0;
  const allocate = async (count: number) => {
    calls += 1;
    if (failing) throw new Error('disk full');
    const keys = Array.from({ length: count }, newKey);
    made.push(...keys);
    return keys;
  };
  beforeEach(() => {
    failing = false;
    calls = 0;
  });

  it('gives every taker another key, also when all wait at once', async () => {
    const pool = createKeyPool({ allocate });
    const taken = await Promise.all(Array.from({ length: 500 }, () => pool.take()));
    expect(new Set(taken.map(({ id }) => id)).size).toBe(500);
  });

  it('gives a key at once while some are left, and refills before they run out', async () => {
    const pool = createKeyPool({ allocate });
    await pool.take();
    for (let n = 0; n < 5_000; n += 1) {
      expect(pool.take()).not.toBeInstanceOf(Promise);
      await Promise.resolve().then(() => {});
      await new Promise(setImmediate);
    }
    expect(calls).toBeLessThan(20);
  });

  it('tells who finds it empty that no key can be made, and recovers', async () => {
    const pool = createKeyPool({ allocate });
    failing = true;
    await expect(pool.take()).rejects.toThrow('disk full');
    failing = false;
    expect((await pool.take()).key).toHaveLength(32);
  });
});
