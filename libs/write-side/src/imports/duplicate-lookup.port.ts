import type { RecordRef, RecordType } from '#crm';
import type { Authority } from '../execution/envelope.js';

/** A record that bears some of the keys asked for. */
export interface Bearer extends RecordRef {
  /** Texts of the keys that it shares. */
  readonly keys: readonly string[];
}

/** Finds records that look like a row, in the read models. Best effort: it decides nothing but what is told. */
export interface DuplicateLookup {
  /** Waits until the look-up knows everything up to now, or for a while. */
  catchUp(): Promise<void>;
  /** Records in use that bear one of the keys (as `keyText` writes them), as far as the authority may read them; some, not all. */
  find(type: RecordType, keys: readonly string[], authority: Authority): Promise<readonly Bearer[]>;
}
