import { createShutdown, silentLogger } from '#platform';
import type { Leases } from '#read-store';
import type { Leadledger } from '../../../api/src/composition/leadledger.js';
import { CliError } from '../cli-error.js';
import { lookAtLeases } from '../doctor/look-at-leases.js';
import { composeHere } from './in-process.js';
import { dataFolderOf, type ReachOptions } from './reach-api.js';

/** The product without projections, on a folder that no server uses: the read models stand still. */
export async function alone(
  flags: Pick<ReachOptions, 'data'>,
  use: 'verify' | 'rebuild',
  work: (ledger: Leadledger) => Promise<void>,
): Promise<void> {
  const ledger = await composeHere(dataFolderOf(flags), false, use);
  try {
    await work(ledger);
  } finally {
    const shutdown = createShutdown(silentLogger);
    ledger.stopWith(shutdown);
    await shutdown.run('done');
  }
}

/** @throws CliError a process keeps read models, which then do not stand still */
export async function refuseWhileKept(leases: Leases): Promise<void> {
  const kept = (await lookAtLeases(leases)).find(
    ({ part, status }) => part.startsWith('lease projections') && status === 'ok',
  );
  if (!kept) return;
  throw new CliError(
    `A process keeps the read models: ${kept.part} is ${kept.detail} Stop all workers first, and apis that do their work.`,
  );
}
