import { inChild } from '../support/processes.js';
import type { Row } from '../support/row.js';
import { count } from '../support/sampling.js';
import type { Appending } from './append-child.js';

const APPENDS = 10_000;
const PAIRS = 5;

export async function measureAppend(): Promise<readonly Row[]> {
  const { productMs, rawMs, samples } = await inChild<Appending>('rows/append-child.js', {
    appends: APPENDS,
    pairs: PAIRS,
  });
  const rate = (ms: number) => `${count((1_000 * APPENDS) / ms)} /s`;
  return [
    {
      name: 'append',
      what: '64 concurrent callers, embedded',
      measured: rate(productMs),
      limit: rate(rawMs),
      ratio: rawMs / productMs,
      bar: { least: 0.7 },
      samples,
    },
  ];
}
