import { bareAddress } from '../record/values/email.js';
import { foldCase, foldSpacing } from './fold-case.js';
import { FREE_MAIL, ROLE_MAILBOXES } from './mail-providers.js';

/**
 * What two spellings of one e-mail address share: display name dropped, case folded (PRODUCT.md P4). Dots and `+tags`
 * of the local part stay, since only some providers ignore them. `undefined` for a text without an address.
 */
export function emailKey(raw: string): string | undefined {
  const key = foldCase(bareAddress(foldSpacing(raw)));
  return key.includes('@') ? key : undefined;
}

/** A shorter mailbox is one that many have, each with another provider. */
const TELLING_LENGTH = 6;
const SIGNS = /[-._@\s]/;
const EVERY_SIGN = /[-._@\s]/g;
const DIGIT = /\d/;
const NUMBER = /\d+$/;

/**
 * What two addresses of one person often share. A weak sign.
 *
 * - `khuong.nguyen85@gmail.com` and `khuongnguyen85+shop@yahoo.com` share `khuongnguyen85@`: people take the mailbox that they have
 *   along to another provider, and a mistyped provider is another one. So it is for a mailbox with a digit in it, or at a provider
 *   of free mail: `huong.nguyen@` names somebody else at every company.
 * - Of other addresses the one without its `+tag`.
 *
 * `undefined` for a text without an address, and for mailboxes of a task such as `info@`.
 */
export function weakEmailKey(raw: string): string | undefined {
  const address = emailKey(raw);
  return address === undefined ? undefined : weakFormOfEmail(address);
}

/** The weak form of an address's key. */
export function weakFormOfEmail(key: string): string | undefined {
  const at = key.lastIndexOf('@');
  const domain = key.slice(at + 1);
  const tag = key.indexOf('+');
  const untagged = key.slice(0, tag >= 0 && tag < at ? tag : at);
  const mailbox = SIGNS.test(untagged) ? foldCase(untagged.replace(EVERY_SIGN, '')) : untagged;
  if (mailbox === '' || ROLE_MAILBOXES.has(mailbox.replace(NUMBER, ''))) return undefined;
  const telling = domain === '' || FREE_MAIL.has(domain) || DIGIT.test(mailbox);
  return telling && mailbox.length >= TELLING_LENGTH ? `${mailbox}@` : `${untagged}@${domain}`;
}
