import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Seeded } from '../seed/seed.js';
import { freePort } from '../support/free-port.js';
import { startProduct } from '../support/processes.js';
import type { Row } from '../support/row.js';
import { count, inTurn, ms } from '../support/sampling.js';
import { ensureCaughtUp } from './catch-up.js';

const PAIRS = 5;

/** Starts with a log whose read models are caught up, against starts with a log of nothing. */
export async function measureStart(seeded: Seeded): Promise<Row> {
  const { folder, leads, events } = seeded;
  await ensureCaughtUp(seeded);
  const empty = mkdtempSync(join(tmpdir(), 'bench-start-'));
  const startOn = (data: string) => async () => {
    const server = await startProduct(data, await freePort());
    await server.stop();
    return server.startMs;
  };
  try {
    const { first, second, samples } = await inTurn(PAIRS, startOn(folder), startOn(empty));
    return {
      name: 'start',
      what: `with ${count(events)} events (${count(leads)} leads)`,
      measured: ms(first),
      limit: `${ms(second)} with none`,
      ratio: first / second,
      bar: { most: 1.2 },
      samples,
    };
  } finally {
    rmSync(empty, { recursive: true });
  }
}
