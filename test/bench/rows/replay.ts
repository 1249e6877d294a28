import type { Seeded } from '../seed/seed.js';
import { inChild } from '../support/processes.js';
import type { Row } from '../support/row.js';
import { count } from '../support/sampling.js';
import type { Replaying } from './replay-child.js';

export async function measureReplay({ folder, leads }: Seeded, pairs: number): Promise<Row> {
  const { productMs, rawMs, events, samples } = await inChild<Replaying>('rows/replay-child.js', {
    folder,
    pairs,
  });
  return {
    name: 'replay',
    what: `lead funnel over ${count(leads)} leads`,
    measured: `${count(productMs)} ms for ${count(events)} events`,
    limit: `${count(rawMs)} ms`,
    ratio: rawMs / productMs,
    bar: { least: 0.5 },
    samples,
  };
}
