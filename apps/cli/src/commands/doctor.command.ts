import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import { examine } from '../doctor/examine.js';

interface DoctorFlags {
  readonly json?: boolean;
  readonly data?: string;
}

const MARKS = { ok: 'ok   ', note: 'note ', wrong: 'WRONG' } as const;

/** Tells how everything that is configured stands. @throws CliError something is wrong */
async function doctor({ json = false, data }: DoctorFlags): Promise<void> {
  const environment = data === undefined ? process.env : { ...process.env, LEADLEDGER_DATA: data };
  const findings = await examine(environment);
  const lines = json
    ? [JSON.stringify(findings, undefined, 2)]
    : findings.map(({ part, status, detail }) => `${MARKS[status]} ${part}: ${detail}`);
  process.stdout.write(`${lines.join('\n')}\n`);
  const wrong = findings.filter(({ status }) => status === 'wrong').length;
  if (wrong > 0)
    throw new CliError(wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`);
}

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('tell what is configured and how it stands; changes nothing')
    .option('--data <folder>', 'data folder (default: LEADLEDGER_DATA or ./data)')
    .option('--json', 'as JSON, one entry for each part')
    .action(doctor);
}
