import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Access } from './internal-access.js';

/** A name leads to internal addresses only, or an internal address was given, and it is not on the list. */
export class InternalAddress extends Error {
  readonly code = 'INTERNAL_ADDRESS';
  constructor() {
    super('The address is internal.');
    this.name = 'InternalAddress';
  }
}

/**
 * Resolves names for a connection, and answers with none but addresses that may be reached. What is checked is what is connected to: a name that resolves
 * to something else the next time gains nothing.
 * @param resolve the resolver of the system, unless a test gives another
 */
export function guardedLookup(
  { mayConnect }: Pick<Access, 'mayConnect'>,
  resolve: typeof lookup = lookup,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const reachable = addresses.filter(({ address }) => mayConnect(hostname, address));
      const [first] = reachable;
      if (!first) return callback(new InternalAddress(), '', 0);
      if (options.all) return callback(null, reachable);
      callback(null, first.address, first.family);
    });
  };
}
