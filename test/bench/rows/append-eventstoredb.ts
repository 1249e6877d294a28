import { inChild } from '../support/processes.js';
import type { Row } from '../support/row.js';
import { count } from '../support/sampling.js';
import type { AppendingByCallers } from './append-eventstoredb-child.js';

const CALLERS = [1, 64, 256] as const;
const PAIRS = 5;

/** The adapter against the bare client, on a server that both share: the stand-in, or the one that EVENTSTORE_URL names. */
export async function measureAppendEventStoreDb(): Promise<readonly Row[]> {
  const measured = await inChild<AppendingByCallers>('rows/append-eventstoredb-child.js', {
    callers: CALLERS,
    pairs: PAIRS,
  });
  return measured.rows.map(({ callers, appends, productMs, bareMs, samples }) => {
    const rate = (ms: number) => `${count((1_000 * appends) / ms)} /s`;
    return {
      name: 'append-eventstoredb',
      what: `${callers} concurrent caller${callers === 1 ? '' : 's'}, ${measured.server}`,
      measured: rate(productMs),
      limit: rate(bareMs),
      ratio: bareMs / productMs,
      bar: { least: 0.9 },
      samples,
    };
  });
}
