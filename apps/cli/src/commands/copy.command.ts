import type { Command } from 'commander';
import { ConfigError } from '#platform';
import {
  type Installation,
  openFolderInstallation,
  openServersInstallation,
} from '../../../api/src/composition/open-installation.js';
import { CliError } from '../cli-error.js';
import { keepAdminToken } from '../copy/admin-token.js';
import { type CopyReport, copyInstallation } from '../copy/copy-installation.js';
import { checkPair, type Place, placeOf } from '../copy/place.js';
import { grouped, progressLine } from '../progress-line.js';

interface CopyFlags {
  readonly from: string;
  readonly to: string;
}

const INTERRUPTED = 130;

/** Copies an installation, verifies the copy, and says what it holds. */
async function copy(flags: CopyFlags): Promise<void> {
  const [from, to] = placesOf(flags);
  const interrupting = new AbortController();
  const interrupt = () => interrupting.abort();
  // A second signal ends it at once.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrupt);
  const progress = progressLine();
  try {
    await between(from, to, async (source, target) => {
      const report = await copyInstallation(source, target, progress, interrupting.signal);
      progress.end();
      const token = await keepAdminToken(to, target.events, report.targetKeys);
      process.stdout.write(`${told(report, from, to, token)}\n`);
    });
  } catch (error) {
    progress.end();
    if (!interrupting.signal.aborted) throw error;
    process.stderr.write('leadledger: interrupted; run it again, and it goes on where it is.\n');
    process.exitCode = INTERRUPTED;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupt);
  }
}

function placesOf(flags: CopyFlags): readonly [Place, Place] {
  try {
    const places = [placeOf(flags.from, process.env), placeOf(flags.to, process.env)] as const;
    checkPair(...places);
    return places;
  } catch (error) {
    throw error instanceof ConfigError ? new CliError(error.message, 2) : error;
  }
}

async function between(
  from: Place,
  to: Place,
  work: (source: Installation, target: Installation) => Promise<void>,
): Promise<void> {
  const source = await open(from, false);
  try {
    const target = await open(to, true);
    try {
      await work(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function open(place: Place, make: boolean): Promise<Installation> {
  return place.kind === 'folder'
    ? openFolderInstallation(place.folder, make)
    : openServersInstallation(place.config);
}

function told(report: CopyReport, from: Place, to: Place, token: string | undefined): string {
  const { events, before, keys, files, documents } = report;
  const there = before > 0 ? `, of which ${grouped(before)} were there` : '';
  return [
    `Copied ${from.name} to ${to.name}: ${grouped(events)} events${there}, ${grouped(keys)} keys, ${grouped(files)} files.`,
    `Both logs agree event by event, and so do ${grouped(documents)} documents built from each.`,
    ...(token === undefined
      ? []
      : [`Tokens of the source do not hold on the copy; one for its admin is in ${token}.`]),
  ].join('\n');
}

export function addCopy(program: Command): void {
  program
    .command('copy')
    .description('copy all events, keys and files to other stores, and verify the copy')
    .requiredOption('--from <place>', 'a data folder, or “servers”')
    .requiredOption(
      '--to <place>',
      'a data folder, or “servers”: those that EVENTSTORE_URL and MONGODB_URL name',
    )
    .action(copy);
}
