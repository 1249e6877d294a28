import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isInternal } from './internal-address.js';

/** A name leads to internal addresses only, or an internal address was given. */
export class InternalAddress extends Error {
  readonly code = 'INTERNAL_ADDRESS';
  constructor() {
    super('The address is internal.');
    this.name = 'InternalAddress';
  }
}

/**
 * Resolves names for a connection, and answers with none but addresses outside. What is checked is what is connected to: a name that resolves
 * to something else the next time gains nothing.
 * @param resolve the resolver of the system, unless a test gives another
 */
export function guardedLookup(resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const outside = addresses.filter(({ address }) => !isInternal(address));
      const [first] = outside;
      if (!first) return callback(new InternalAddress(), '', 0);
      if (options.all) return callback(null, outside);
      callback(null, first.address, first.family);
    });
  };
}
