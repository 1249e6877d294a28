import { StoreDamaged, StoreLocked, StoreUnavailable } from '../errors.js';

const PORT_ERRORS = [StoreDamaged, StoreLocked, StoreUnavailable];

/** The name that SQLite or the system gave an error, e.g. `SQLITE_FULL`, `ENOTDIR`; empty when there is none. */
export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

/** An error of the database as the port names it. Texts of unknown errors are left out: they may hold values. */
export function asStoreError(file: string, error: unknown): Error {
  if (PORT_ERRORS.some((kind) => error instanceof kind)) return error as Error;
  const code = errorCode(error);
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
    return new StoreDamaged(file, 'SQLite cannot read its structure');
  }
  // libsql reports text that is no UTF-8 without a code.
  if (/utf-?8/i.test(String(error))) return new StoreDamaged(file, 'a text is not UTF-8');
  return new StoreUnavailable(code === '' ? 'the database refused the call' : code);
}
