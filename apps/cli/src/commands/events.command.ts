import { once } from 'node:events';
import type { Command } from 'commander';
import { ALL_EVENTS } from '#crm';
import { CliError } from '../cli-error.js';
import { type ReachOptions, withApi } from '../connection/reach-api.js';
import { type ToldEvent, withoutPersonalParts } from './personal-parts.js';

interface EventsFlags extends ReachOptions {
  readonly after?: string;
  readonly limit?: string;
  readonly personal?: boolean;
}

const PAGE = 200;

/** Writes events as NDJSON, one a line, in the order of the log. */
async function events(flags: EventsFlags): Promise<void> {
  let after = whole(flags.after ?? '-1', '--after', -1);
  let left =
    flags.limit === undefined ? Number.POSITIVE_INFINITY : whole(flags.limit, '--limit', 1);
  const definitions = new Map(ALL_EVENTS.map((definition) => [definition.type, definition]));
  await withApi(flags, async (api) => {
    while (left > 0) {
      const limit = Math.min(PAGE, left);
      const path = `/v1/events?after=${after}&limit=${limit}`;
      const page = await api.ask<{ events: readonly ToldEvent[]; next: number; more: boolean }>(
        'GET',
        path,
      );
      for (const event of page.events) {
        const told = flags.personal ? event : withoutPersonalParts(event, definitions);
        if (!process.stdout.write(`${JSON.stringify(told)}\n`)) await once(process.stdout, 'drain');
      }
      left -= page.events.length;
      if (!page.more) return;
      after = page.next;
    }
  });
}

function whole(text: string, flag: string, least: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least) {
    throw new CliError(`${flag} is a whole number from ${least}.`, 2);
  }
  return number;
}

export function addEvents(program: Command, reach: (command: Command) => Command): void {
  reach(program.command('events').alias('replay'))
    .description('write events as NDJSON, in the order of the log')
    .option('--after <position>', 'only those after this position')
    .option('--limit <count>', 'at most so many')
    .option('--personal', 'with names, addresses and other personal parts')
    .action(events);
}
