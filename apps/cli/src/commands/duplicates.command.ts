import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type DuplicatesDiff, diffDuplicates, type PairTally } from '#read-side';
import { openEmbeddedReadStore } from '#read-store';
import { CliError } from '../cli-error.js';
import { alone, refuseWhileKept } from '../connection/alone.js';
import type { ReachOptions } from '../connection/reach-api.js';
import { grouped, progressLine } from '../progress-line.js';

interface Flags extends Pick<ReachOptions, 'data'> {
  readonly samples: number;
}

/** Tells which pairs this version of the product finds that the index in use does not, and the opposite. */
async function diff(flags: Flags): Promise<void> {
  await alone(flags, 'verify', async ({ stores: { log, readStore, leases } }) => {
    if (leases) await refuseWhileKept(leases);
    const folder = mkdtempSync(join(tmpdir(), 'leadledger-duplicates-'));
    const scratch = openEmbeddedReadStore({ folder });
    const progress = progressLine();
    try {
      const found = await diffDuplicates({
        ...{ log, readStore, scratch, samples: flags.samples },
        onFold: (reached, head) =>
          progress.update(`Building: ${grouped(Math.max(0, reached))} of ${grouped(head)}`),
        onCompare: (clusters) => progress.update(`Comparing: ${grouped(clusters)} clusters`),
      });
      progress.end();
      if (!found)
        throw new CliError('There is no index of duplicates yet. Start the server first.');
      process.stdout.write(described(found));
    } finally {
      progress.end();
      await scratch.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** What was found, as text. */
export function described({ position, ...found }: DuplicatesDiff): string {
  const { gained, lost, strengthened, weakened } = found;
  return [
    `Pairs of records that may be the same, as this version finds them, against the index in use up to position ${position}:`,
    ...tally('gained', gained),
    ...tally('lost', lost),
    `  ${grouped(strengthened)} from weak to strong, ${grouped(weakened)} from strong to weak`,
    '',
  ].join('\n');
}

function tally(what: string, { strong, weak, kinds, samples }: PairTally): readonly string[] {
  const by = [...kinds].map(([kind, count]) => `${kind} ${grouped(count)}`).join(', ');
  const total = `  ${grouped(strong + weak)} ${what}: ${grouped(strong)} strong, ${grouped(weak)} weak`;
  return [
    by === '' ? total : `${total} (${by})`,
    ...samples.map(({ type, ids, keys }) => `    ${type} ${ids.join(' ')} by ${kindsOf(keys)}`),
  ];
}

/** Not the keys themselves: those are personal. */
function kindsOf(keys: readonly string[]): string {
  const kinds = keys.map((text) => text.slice(0, text.indexOf(':')).replace('~', 'weak '));
  return [...new Set(kinds)].join(', ');
}

function readSamples(text: string): number {
  const samples = Number(text);
  if (Number.isInteger(samples) && samples >= 0 && samples <= 1_000) return samples;
  throw new InvalidArgumentError('a whole number from 0 to 1,000');
}

export function addDuplicates(program: Command): void {
  const duplicates = program
    .command('duplicates')
    .description('looks at the index of duplicates, while no server runs');
  duplicates
    .command('diff')
    .description(
      'tell which pairs of records this version gains and loses against the index in use',
    )
    .option('--data <folder>', 'data folder (default: LEADLEDGER_DATA or ./data)')
    .option(
      '--samples <number>',
      'pairs to name of those gained and of those lost',
      readSamples,
      10,
    )
    .action(diff);
}
