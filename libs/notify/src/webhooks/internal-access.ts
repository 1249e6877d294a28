import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { isInternal } from './internal-address.js';

/** Which internal receivers may be called: all, none, or these names, addresses and ranges (`erp.lan`, `10.1.2.3`, `10.1.0.0/16`). */
export type AllowInternal = boolean | readonly string[];

/** What webhooks may reach. */
export interface Access {
  /** Whether it is on the list: then it may also be called unencrypted. @param host as in a URL, without brackets */
  lists(host: string): boolean;
  /** Whether a connection may be made. @param host what led there @param address as the resolver gives it */
  mayConnect(host: string, address: string): boolean;
}

/** Addresses outside may always be reached; a listed name wherever it leads, listed addresses whatever leads there. */
export function accessOf(allow: AllowInternal): Access {
  const entries = typeof allow === 'boolean' ? [] : allow;
  const ranges = entries.filter((entry) => isIP(entry.split('/')[0] ?? '') !== 0).map(rangeOf);
  const names = new Set(entries.map(nameOf));
  const inRange = (address: string) => {
    if (isIP(address) === 0) return false;
    // ::ffff:10.1.2.3 is 10.1.2.3.
    const parsed = ipaddr.process(address);
    return ranges.some(([from, bits]) => from.kind() === parsed.kind() && parsed.match(from, bits));
  };
  const lists = (host: string) => allow === true || names.has(nameOf(host)) || inRange(host);
  return {
    lists,
    mayConnect: (host, address) => lists(host) || inRange(address) || !isInternal(address),
  };
}

function rangeOf(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (entry.includes('/')) return ipaddr.parseCIDR(entry);
  const address = ipaddr.process(entry);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function nameOf(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}
