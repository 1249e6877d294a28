import { isIP } from 'node:net';
import { refuseInvalid } from '#crm';
import type { Access } from './internal-access.js';
import { isInternal } from './internal-address.js';

const LOCAL = /(?:^|\.)(?:localhost|local|internal)\.?$/;

/**
 * Refuses at once what would be refused at every call: an internal address, and what is not encrypted, for personal values are sent. A name is
 * looked up only when it is called. What is on the list may be called all the same. What is no address at all is for the decider to refuse.
 * @throws Refusal `invalid_fields`
 */
export function refuseInternalUrl(url: string, { lists }: Pick<Access, 'lists'>): void {
  if (!URL.canParse(url)) return;
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (lists(host)) return;
  const error = (code: string, message: string) => [{ path: 'url', code, message }];
  if (protocol !== 'https:') refuseInvalid(error('not_https', 'This must be an https address.'));
  if (LOCAL.test(host) || (isIP(host) !== 0 && isInternal(host))) {
    refuseInvalid(error('internal_address', 'This address is internal.'));
  }
}
