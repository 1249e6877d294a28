import { isIP } from 'node:net';
import { refuseInvalid } from '#crm';
import { isInternal } from './internal-address.js';

const LOCAL = /(?:^|\.)(?:localhost|local|internal)\.?$/;

/**
 * Refuses at once what would be refused at every call: an internal address, and what is not encrypted, for personal values are sent. A name is
 * looked up only when it is called. What is no address at all is for the decider to refuse.
 * @throws Refusal `invalid_fields`
 */
export function refuseInternalUrl(url: string, allowInternal: boolean): void {
  if (allowInternal || !URL.canParse(url)) return;
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const error = (code: string, message: string) => [{ path: 'url', code, message }];
  if (protocol !== 'https:') refuseInvalid(error('not_https', 'This must be an https address.'));
  if (LOCAL.test(host) || (isIP(host) !== 0 && isInternal(host))) {
    refuseInvalid(error('internal_address', 'This address is internal.'));
  }
}
