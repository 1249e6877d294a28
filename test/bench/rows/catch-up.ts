import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Sizes } from '../main.js';
import type { Seeded } from '../seed/seed.js';
import { inChild } from '../support/processes.js';
import type { Row } from '../support/row.js';
import { count, median } from '../support/sampling.js';
import type { CaughtUp } from './catch-up-product.js';
import type { Copied } from './catch-up-raw.js';

/** Events in a batch, as the projection engine takes them when nobody says otherwise. */
const BATCH = 1_000;

interface CatchUp {
  readonly rows: readonly Row[];
  readonly peakBytes: number;
}

/** Catching up at both sizes, and what the memory for it does when there is more. */
export async function measureCatchUps({ small, big }: Sizes): Promise<readonly Row[]> {
  const few = await measureCatchUp(small, 3);
  const many = await measureCatchUp(big, 1);
  const megabytes = (bytes: number) => `${count(bytes / 2 ** 20)} MiB`;
  const memory: Row = {
    name: 'memory',
    what: `peak while catching up ${count(big.events)} events`,
    measured: megabytes(many.peakBytes),
    limit: `${megabytes(few.peakBytes)} for ${count(small.events)}`,
    ratio: many.peakBytes / few.peakBytes,
    bar: { most: 1.5 },
    samples: 1,
  };
  return [...few.rows, ...many.rows, memory];
}

/** Catches up from nothing, against plain SQL that writes the same documents. Leaves the read models in the seeded folder. */
async function measureCatchUp(seeded: Seeded, pairs: number): Promise<CatchUp> {
  const products: CaughtUp[] = [];
  const raws: Copied[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    products.push(await catchUp(seeded));
    raws.push(await copyPlainly(seeded));
  }
  const ms = median(products.map((one) => one.ms));
  const rawMs = median(raws.map((one) => one.ms));
  const { events = 0 } = products[0] ?? {};
  const { documents = 0 } = raws[0] ?? {};
  const rate = (1_000 * events) / ms;
  const size = `${count(seeded.leads)} leads`;
  const rows: Row[] = [
    {
      name: 'catch-up',
      what: `all projections, ${size}`,
      measured: `${count(ms)} ms (${count(median(products.map((one) => one.cpuMs)))} of CPU) for ${count(events)} events`,
      limit: `${count(rawMs)} ms for ${count(documents)} documents`,
      ratio: rawMs / ms,
      bar: { least: 0.35 },
      samples: pairs,
    },
    {
      name: 'catch-up',
      what: `events a second, ${size}`,
      measured: `${count(rate)} /s`,
      limit: '',
      ratio: rate,
      bar: { least: 20_000 },
      samples: pairs,
    },
  ];
  return { rows, peakBytes: median(products.map((one) => one.peakBytes)) };
}

/** Catches up in a folder of its own, then leaves the read models beside the log for everything that reads them. */
async function catchUp({ folder }: Seeded): Promise<CaughtUp> {
  const readFolder = mkdtempSync(join(folder, 'catch-up-'));
  const caughtUp = await inChild<CaughtUp>('rows/catch-up-product.js', { folder, readFolder });
  renameSync(join(readFolder, 'read.db'), join(folder, 'read.db'));
  rmSync(readFolder, { recursive: true });
  return caughtUp;
}

/** For rows that read: the read models beside the log, caught up. */
export async function ensureCaughtUp(seeded: Seeded): Promise<void> {
  if (!existsSync(join(seeded.folder, 'read.db'))) await catchUp(seeded);
}

function copyPlainly({ folder }: Seeded): Promise<Copied> {
  return inChild<Copied>('rows/catch-up-raw.js', { from: folder, folder, batch: BATCH });
}
