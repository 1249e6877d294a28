import { LeaseLost } from '../errors.js';
import type { Lease } from '../leases.port.js';
import { type Connection, first } from './database.js';

/**
 * Within the caller's transaction, so that the lease is held for as long as what is written under it.
 * @throws LeaseLost the lease was given on, or let go
 */
export function checkFence(connection: Connection, fence: Lease | undefined): void {
  if (!fence) return;
  const { name, holder, token } = fence;
  const held = connection.prepare(
    'SELECT 1 FROM leases WHERE name = ? AND holder = ? AND token = ?',
  );
  if (first(held, name, holder, token) === undefined) throw new LeaseLost(name, token);
}
