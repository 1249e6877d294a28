import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { holdLease } from '#read-store';
import type { ImportTurns } from '#write-side';
import type { Stores } from '../composition/open-stores.js';

/** An import whose process died rests for so long (ms), and until another process looks. */
const TTL_MS = 6_000;

/** Turns by leases, where other processes carry imports out too; undefined where this one is alone. */
export function importTurns({
  leases,
  shared,
}: Pick<Stores, 'leases' | 'shared'>): ImportTurns | undefined {
  if (!leases || !shared) return undefined;
  const holder = `${hostname()} ${randomUUID()}`;
  return {
    async take(importId) {
      const name = `import ${importId}`;
      const held = await holdLease({ leases, name, holder, ttlMs: TTL_MS });
      return held && { lost: held.lost, end: held.release };
    },
  };
}
