import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const [GLOBAL, PREFIX] = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address leads into this machine, its network, or nowhere: all but what the registries give out for use on the Internet. What
 * carries an IPv4 address inside is internal too, for it would have to be looked into.
 * @param address as the resolver gives it; what is none counts as internal
 */
export function isInternal(address: string): boolean {
  if (isIP(address) === 0) return true;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return true;
  return parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL, PREFIX);
}
