import { foldCase } from './fold-case.js';

/**
 * What two spellings of one tax code share: letters and digits. A Vietnamese code is ten digits, a branch's has three
 * more after a hyphen (`0312345678-001`); a branch is not its parent.
 */
export function taxCodeKey(raw: string): string | undefined {
  const bare = foldCase(raw)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^(?:mst|mãsốthuế)+(?=\d)/u, '');
  const branch = /^(\d{10})(\d{3})$/.exec(bare);
  return (branch ? `${branch[1]}-${branch[2]}` : bare) || undefined;
}

/**
 * The ten digits of a Vietnamese legal entity's code: those of a branch's code are its parent's, and the zero in front that
 * spreadsheets drop is put back. A weak sign; `undefined` for a code of another kind.
 */
export function weakTaxCodeKey(raw: string): string | undefined {
  const key = taxCodeKey(raw);
  return key === undefined ? undefined : weakFormOfTaxCode(key);
}

/** The weak form of a tax code's key. */
export function weakFormOfTaxCode(key: string): string | undefined {
  const [, digits] = VIETNAMESE.exec(key) ?? [];
  return digits?.padStart(10, '0');
}

const VIETNAMESE = /^(\d{9,10})(?:-\d{3})?$/;
