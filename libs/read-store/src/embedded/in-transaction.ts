import type { Connection } from './database.js';

/** Runs work of which all holds or nothing; other processes that write wait meanwhile. @throws what the work throws */
export function inTransaction<Result>(connection: Connection, work: () => Result): Result {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    // Some failures have rolled it back already.
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
