import type { Sizes } from '../main.js';
import { inChild } from '../support/processes.js';
import type { Row } from '../support/row.js';
import { count, ms } from '../support/sampling.js';
import { ensureCaughtUp } from './catch-up.js';
import type { Compared, Reading, ReadingInput } from './reading-child.js';

/** What the API's queries take when there is much more, against when there is little. */
export async function measureReading(reading: Reading, sizes: Sizes): Promise<readonly Row[]> {
  const { small, big } = sizes;
  for (const seeded of [small, big]) await ensureCaughtUp(seeded);
  const input: ReadingInput = { reading, small: small.folder, big: big.folder };
  const compared = await inChild<readonly Compared[]>('rows/reading-child.js', input);
  const at = reading === 'timeline' ? '' : ` at ${count(big.leads)} leads`;
  return compared.map((one) => ({
    name: reading,
    what: one.what + at,
    measured: ms(one.big),
    limit: ms(one.small),
    ratio: one.big / one.small,
    bar: { most: 1.5 },
    samples: one.samples,
  }));
}
