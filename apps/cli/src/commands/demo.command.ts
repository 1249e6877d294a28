import { join } from 'node:path';
import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import { dataFolderOf, type ReachOptions, withApi } from '../connection/reach-api.js';
import { runDemo } from '../demo/run-demo.js';
import { grouped, progressLine } from '../progress-line.js';

interface DemoFlags extends ReachOptions {
  readonly seed?: string;
  readonly count?: string;
}

const DEFAULT_URL = 'http://127.0.0.1:3000';
const DEFAULT = { seed: 1, count: 2_000 };

async function demo(flags: DemoFlags): Promise<void> {
  const seed = whole(flags.seed, '--seed', DEFAULT.seed, 2 ** 31);
  const count = whole(flags.count, '--count', DEFAULT.count, 100_000);
  await withApi(flags, async (api, own) => {
    const { counts, newEvents, seconds } = await runDemo(api, { seed, count }, progressLine());
    const { leads, repeated, stages, notes, activities, lost, conversions } = counts;
    const lines = [
      `${grouped(leads)} leads, ${grouped(repeated)} of them repeating another`,
      `${grouped(stages)} changes of stage, ${grouped(notes)} notes, ${grouped(activities)} activities`,
      `${grouped(conversions)} converted, ${grouped(lost)} lost, in ${seconds.toFixed(1)} s`,
    ];
    if (!newEvents) lines.push('All of it was there already: nothing has changed.');
    process.stdout.write(`${lines.join('\n')}\n`);
    process.stdout.write(`\n${tries(own ? DEFAULT_URL : api.url, own, flags)}\n`);
  });
}

/** What to look at next. */
function tries(url: string, own: boolean, flags: DemoFlags): string {
  const folder = dataFolderOf(flags);
  const curl = `curl -s -H "Authorization: Bearer $(cat '${join(folder, 'admin.token')}')"`;
  return [
    own ? 'To look around, start the server (leadledger start), then:' : 'To look around:',
    `${curl} '${url}/v1/leads?q=nguyen&limit=3'`,
    `${curl} '${url}/v1/opportunities?limit=3'`,
    `${curl} -H 'Accept-Language: vi' '${url}/v1/events?limit=3'`,
  ].join('\n');
}

function whole(text: string | undefined, flag: string, otherwise: number, most: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1 && number <= most) return number;
  throw new CliError(`${flag} is a whole number from 1 to ${most}.`, 2);
}

export function addDemo(program: Command, reach: (command: Command) => Command): void {
  reach(program.command('demo'))
    .description('fill in Vietnamese-looking leads, cared for and partly converted')
    .option('--seed <number>', 'other leads for another number (default: 1)')
    .option('--count <number>', 'how many leads (default: 2000)')
    .action(demo);
}
