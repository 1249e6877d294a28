import { access, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { ApiClient } from '../connection/api-client.js';
import { type ReachOptions, withApi } from '../connection/reach-api.js';
import { describeProgress, grouped, progressLine } from '../progress-line.js';
import { type MapOptions, mappingOf } from './import-mapping.js';

interface ImportFlags extends ReachOptions, MapOptions {
  readonly type: string;
  readonly dryRun?: boolean;
}

/** An import as the API shows it, as far as it is told here. */
interface Shown {
  readonly state: string;
  readonly rows: { readonly total?: number; readonly done: number };
  readonly ratePerSecond?: number;
  readonly remainingSeconds?: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly differs: number;
  readonly skipped: number;
  readonly failed: number;
  readonly duplicates: number;
  readonly failure?: { readonly message: string; readonly line?: number };
  readonly file?: { readonly unmapped: readonly string[] };
}

interface Issue {
  readonly line: number;
  readonly column?: string;
  readonly message: string;
  readonly lines?: readonly number[];
  readonly records?: readonly { readonly type: string; readonly id: string }[];
}

/** Most errors and duplicates told one by one. */
const TOLD = 20;
const POLL_MS = 250;

export async function importFile(file: string, flags: ImportFlags): Promise<void> {
  await access(file).catch(() => {
    throw new CliError(`There is no file ${file}.`, 2);
  });
  const { mapping, options } = await mappingOf(flags, (path) => readFile(path, 'utf8'));
  const announced = {
    recordType: flags.type,
    ...(mapping && { mapping }),
    options: { ...options, ...(flags.dryRun && { dryRun: true }) },
  };
  await withApi(flags, async (api) => {
    const { id, upload } = await api.ask<{ id: string; upload: string }>('POST', '/v1/imports', {
      body: announced,
    });
    await api.ask('PUT', upload, { csv: file });
    const shown = await watch(api, id, basename(file));
    tell(shown, flags.dryRun === true);
    await tellIssues(api, id, 'errors', shown.failed + shown.differs);
    await tellIssues(api, id, 'duplicates', shown.duplicates);
    if (shown.state !== 'done') {
      const { message = `The import is ${shown.state}.`, line } = shown.failure ?? {};
      throw new CliError(line === undefined ? message : `${message} (line ${line})`);
    }
    if (shown.failed > 0)
      throw new CliError(`${grouped(shown.failed)} rows could not be imported.`);
  });
}

async function watch(api: ApiClient, id: string, name: string): Promise<Shown> {
  const progress = progressLine();
  for (;;) {
    const shown = await api.ask<Shown>('GET', `/v1/imports/${id}`);
    const { rows, ratePerSecond, remainingSeconds } = shown;
    const told = describeProgress(rows.done, rows.total ?? 0, ratePerSecond, remainingSeconds);
    if (shown.state !== 'running') {
      progress.end(
        `${name}: ${describeProgress(rows.done, rows.total ?? 0, ratePerSecond, undefined)}`,
      );
      return shown;
    }
    progress.update(`${name}: ${told}`);
    await pause(POLL_MS);
  }
}

function tell(shown: Shown, dryRun: boolean): void {
  const { created, updated, unchanged, differs, skipped, failed, duplicates, file } = shown;
  const counts = { created, updated, unchanged, differs, skipped, failed, duplicates };
  const told = Object.entries(counts).map(([name, count]) => `${grouped(count)} ${name}`);
  process.stdout.write(`${dryRun ? 'Dry run, nothing recorded: ' : ''}${told.join(', ')}\n`);
  if (file && file.unmapped.length > 0) {
    process.stderr.write(`Columns not imported: ${file.unmapped.join(', ')}\n`);
  }
}

async function tellIssues(
  api: ApiClient,
  id: string,
  kind: 'errors' | 'duplicates',
  count: number,
): Promise<void> {
  if (count === 0) return;
  const path = `/v1/imports/${id}/${kind}?limit=${TOLD}`;
  const { items, next } = await api.ask<{ items: readonly Issue[]; next?: string }>('GET', path);
  for (const { line, column, message, lines = [], records = [] } of items) {
    const others = [
      ...lines.map((other) => `line ${other}`),
      ...records.map((record) => `${record.type} ${record.id}`),
    ];
    const where = column === undefined ? `line ${line}` : `line ${line}, ${column}`;
    const with_ = others.length > 0 ? ` (${others.join(', ')})` : '';
    process.stderr.write(`  ${where}: ${message}${with_}\n`);
  }
  if (next !== undefined) process.stderr.write(`  … all: GET /v1/imports/${id}/${kind}\n`);
}

/** @param reach adds the options that say where the API is */
export function addImport(program: Command, reach: (command: Command) => Command): void {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  reach(program.command('import'))
    .description('import a CSV file of leads, contacts, accounts or opportunities')
    .argument('<file>', 'the file, UTF-8 with a header')
    .requiredOption('--type <type>', 'lead, contact, account or opportunity')
    .option('--map <file|field=column>', 'a JSON file, or one field; may be repeated', collect)
    .option('--set <field=value>', 'the same value for every row; may be repeated', collect)
    .option('--key <field>', 'the field that names a record (default: externalId when mapped)')
    .option('--date-format <format>', 'such as d/M/yyyy (default: ISO 8601)')
    .option('--time-zone <zone>', 'such as Asia/Ho_Chi_Minh (default: UTC)')
    .option('--on-existing <what>', 'report or update')
    .option('--skip-duplicates', 'leave out rows that look like another')
    .option('--dry-run', 'check every row, record nothing')
    .addHelpText('after', '\nEnds with 1 when any row failed. The same file again creates nothing.')
    .action(importFile);
}
