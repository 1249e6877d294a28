import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Sizes } from '../main.js';
import type { Seeded } from '../seed/seed.js';
import { inChild } from '../support/processes.js';
import type { Row } from '../support/row.js';
import { count, inTurn } from '../support/sampling.js';
import type { CaughtUp } from './catch-up-product.js';
import { measureReading } from './reading.js';

/** Building the index of duplicates, and reading it where there is much more. */
export async function measureDuplicates(sizes: Sizes): Promise<readonly Row[]> {
  return [
    await measureBuild(sizes.small, 3),
    await measureBuild(sizes.big, 1),
    ...(await measureReading('duplicates', sizes)),
  ];
}

/** The index over the log of leads, against the list of leads over the same. */
async function measureBuild(seeded: Seeded, pairs: number): Promise<Row> {
  const { first, second, samples } = await inTurn(
    pairs,
    () => build(seeded, ['duplicates']),
    () => build(seeded, ['leads']),
  );
  return {
    name: 'duplicates',
    what: `building the index, ${count(seeded.leads)} leads`,
    measured: `${count(first)} ms`,
    limit: `${count(second)} ms for the list`,
    ratio: first / second,
    bar: { most: 2 },
    samples,
  };
}

async function build({ folder }: Seeded, only: readonly string[]): Promise<number> {
  const readFolder = mkdtempSync(join(folder, 'build-'));
  const input = { folder, readFolder, only };
  const { ms } = await inChild<CaughtUp>('rows/catch-up-product.js', input);
  rmSync(readFolder, { recursive: true });
  return ms;
}
