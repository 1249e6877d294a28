import type { Expectation } from './log.js';

/** What options of all kinds of writes have in common. */
interface Expecting {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

/** Undefined when a request names none. */
export function readExpectation(
  options: Expecting & ({ hasRevision(): boolean; getRevision(): string } | BatchExpecting),
): Expectation | undefined {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream_exists';
  if ('hasRevision' in options) {
    return options.hasRevision() ? BigInt(options.getRevision()) : undefined;
  }
  if (!options.hasStreamPosition()) return undefined;
  const position = BigInt(options.getStreamPosition());
  return position === ALL_ONES ? 'no_stream' : position;
}

interface BatchExpecting {
  hasStreamPosition(): boolean;
  getStreamPosition(): string;
}

const ALL_ONES = 2n ** 64n - 1n;
const CODES = { no_stream: -1n, any: -2n, stream_exists: -4n } as const;

/** The number by which texts and trailers name an expectation. */
export function codeOf(expected: Expectation): bigint {
  return typeof expected === 'bigint' ? expected : CODES[expected];
}
