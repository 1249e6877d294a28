import { bareAddress } from '../record/values/email.js';
import { foldCase, foldSpacing } from './fold-case.js';

/**
 * What two spellings of one e-mail address share: display name dropped, case folded (PRODUCT.md P4). Dots and `+tags`
 * of the local part stay, since only some providers ignore them. `undefined` for a text without an address.
 */
export function emailKey(raw: string): string | undefined {
  const key = foldCase(bareAddress(foldSpacing(raw)));
  return key.includes('@') ? key : undefined;
}
