import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAppend } from './rows/append.js';
import { measureAppendEventStoreDb } from './rows/append-eventstoredb.js';
import { measureCapture } from './rows/capture/capture.js';
import { measureCatchUps } from './rows/catch-up.js';
import { measureConditions } from './rows/conditions.js';
import { measureDuplicates } from './rows/duplicates.js';
import { measureReading } from './rows/reading.js';
import { measureReplay } from './rows/replay.js';
import { measureStart } from './rows/start.js';
import type { Seeded } from './seed/seed.js';
import { inChild } from './support/processes.js';
import { asTable, meets, type Row } from './support/row.js';
import { count, timed } from './support/sampling.js';

const HELP = `npm run bench -- [--quick] [--only row,row] [--leads small,big] [--json file] [--keep folder]

Measures the product against limits measured in the same run, and prints the ratios.
  --quick   10,000 and 100,000 leads instead of 10,000 and 1,000,000
  --only    some of: capture, append, append-eventstoredb, conditions, catch-up, pages, board, look-up,
            duplicates, timeline, replay, start (memory comes with catch-up)
  --leads   other sizes
  --json    writes the rows to a file as well
  --keep    keeps the seeded data in a folder, or takes what is there
BENCH_PROFILE=folder writes a CPU profile of every process that measures.
`;

export interface Sizes {
  readonly small: Seeded;
  readonly big: Seeded;
}

const ON_NOTHING = {
  capture: measureCapture,
  append: measureAppend,
  'append-eventstoredb': measureAppendEventStoreDb,
  conditions: measureConditions,
} as const;
const ON_LEADS = {
  'catch-up': measureCatchUps,
  pages: (sizes: Sizes) => measureReading('pages', sizes),
  board: (sizes: Sizes) => measureReading('board', sizes),
  'look-up': (sizes: Sizes) => measureReading('look-up', sizes),
  duplicates: measureDuplicates,
  timeline: (sizes: Sizes) => measureReading('timeline', sizes),
  replay: async ({ small, big }: Sizes) => [
    await measureReplay(small, 5),
    await measureReplay(big, 3),
  ],
  start: async ({ big }: Sizes) => [await measureStart(big)],
} as const;
const NAMES = [...Object.keys(ON_NOTHING), ...Object.keys(ON_LEADS)];

/** Runs what was asked for. @returns the exit code: 1 when a bar was missed, 2 for a request not understood */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: NAMES.join(',') },
      leads: { type: 'string' },
      json: { type: 'string' },
      keep: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const wanted = values.only.split(',');
  const leads = (values.leads ?? (values.quick ? '10000,100000' : '10000,1000000')).split(',');
  const [small = 0, big = 0] = leads.map(Number);
  if (values.help || wanted.some((name) => !NAMES.includes(name)) || !(small > 0 && big > 0)) {
    process.stdout.write(HELP);
    return values.help ? 0 : 2;
  }
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'bench-'));
  mkdirSync(folder, { recursive: true });
  const rows: Row[] = [];
  const failed: string[] = [];
  const run = async (name: string, measure: () => Promise<readonly Row[]>) => {
    if (!wanted.includes(name)) return;
    say(`Measuring ${name}.`);
    try {
      const measured = await measure();
      rows.push(...measured);
      say(asTable(measured));
    } catch (error) {
      // The other rows are worth having all the same.
      failed.push(name);
      say(`${name} could not be measured: ${error instanceof Error ? error.stack : error}`);
    }
  };
  try {
    for (const [name, measure] of Object.entries(ON_NOTHING)) await run(name, measure);
    if (Object.keys(ON_LEADS).some((name) => wanted.includes(name))) {
      const sizes = { small: await seeded(folder, small), big: await seeded(folder, big) };
      for (const [name, measure] of Object.entries(ON_LEADS)) await run(name, () => measure(sizes));
    }
  } finally {
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${asTable(rows)}\n`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  if (failed.length > 0) say(`Not measured: ${failed.join(', ')}.`);
  return failed.length === 0 && rows.every(meets) ? 0 : 1;
}

async function seeded(folder: string, leads: number): Promise<Seeded> {
  say(`Seeding ${count(leads)} leads.`);
  let result: Seeded | undefined;
  const input = { folder: join(folder, String(leads)), leads };
  const took = await timed(async () => {
    result = await inChild<Seeded>('seed/seed-child.js', input);
  });
  if (!result) throw new Error('Nothing was seeded.');
  say(`Seeded ${count(result.events)} events in ${count(took / 1_000)} s.`);
  return result;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
