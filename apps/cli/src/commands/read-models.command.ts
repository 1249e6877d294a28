import type { Command } from 'commander';
import { ALL_PROJECTIONS, rebuildReadModels, verifyReadModels } from '#read-side';
import { openEmbeddedReadStore } from '#read-store';
import { noteRebuiltFrom } from '../../../api/src/composition/built-from.js';
import type { Leadledger } from '../../../api/src/composition/leadledger.js';
import { CliError } from '../cli-error.js';
import { alone, refuseWhileKept } from '../connection/alone.js';
import type { ReachOptions } from '../connection/reach-api.js';
import { grouped, progressLine } from '../progress-line.js';

type Flags = Pick<ReachOptions, 'data'>;

/** Scans the log's checksums, then folds it afresh and compares every document. */
async function verify(flags: Flags): Promise<void> {
  await alone(flags, 'verify', async ({ stores: { verify: verifyLog, log, readStore } }) => {
    const progress = progressLine();
    let checkedEvents = 0;
    try {
      const verifying = verifyLog?.(new AbortController().signal) ?? [];
      for await (const { phase, checked, total } of verifying) {
        checkedEvents = total;
        progress.update(`Verifying ${phase}: ${grouped(checked)} of ${grouped(total)}`);
      }
    } catch (error) {
      progress.end();
      throw new CliError(error instanceof Error ? error.message : 'The log cannot be read.');
    }
    const scratch = openEmbeddedReadStore({});
    try {
      const onProgress = (reached: number, head: number) =>
        progress.update(`Comparing read models: ${grouped(reached)} of ${grouped(head)}`);
      const options = { log, readStore, scratch, projections: ALL_PROJECTIONS, onProgress };
      const { position, documents, differences } = await verifyReadModels(options);
      progress.end();
      for (const { collection, id, kind } of differences.slice(0, 20)) {
        process.stderr.write(`  ${collection} ${id}: ${kind}\n`);
      }
      if (differences.length > 0) {
        throw new CliError(`${differences.length} documents differ from the log; run rebuild.`);
      }
      const checked = verifyLog
        ? `${grouped(checkedEvents)} events are as they were written; `
        : '';
      process.stdout.write(
        `${checked}${grouped(documents)} documents agree with the log up to position ${position}.\n`,
      );
    } finally {
      await scratch.close();
    }
  });
}

/** Deletes the read models and builds them again from the log. */
async function rebuild(flags: Flags): Promise<void> {
  const building = async ({ stores: { log, events, readStore, leases } }: Leadledger) => {
    if (leases) await refuseWhileKept(leases);
    const progress = progressLine();
    const started = performance.now();
    const onProgress = (reached: number, head: number) =>
      progress.update(`Rebuilding: ${grouped(Math.max(0, reached))} of ${grouped(head)}`);
    const projections = ALL_PROJECTIONS;
    const position = await rebuildReadModels({ log, readStore, projections, onProgress });
    await noteRebuiltFrom(readStore, events);
    progress.end();
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    process.stdout.write(`Read models rebuilt up to position ${position} in ${seconds} s.\n`);
  };
  await alone(flags, 'rebuild', building);
}

export function addReadModels(program: Command): void {
  const data = ['--data <folder>', 'data folder (default: LEADLEDGER_DATA or ./data)'] as const;
  program
    .command('verify')
    .description('check the log against its checksums and the read models against the log')
    .option(...data)
    .action(verify);
  program
    .command('rebuild')
    .description('build the read models again from the log, while no server runs')
    .option(...data)
    .action(rebuild);
}
