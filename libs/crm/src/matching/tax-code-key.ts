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
