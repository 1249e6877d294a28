import { types } from 'node:util';

/** True for an error of any realm: those of Node's core fail `instanceof` where code runs in a context of its own. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}
