#!/usr/bin/env node
import { CommanderError } from 'commander';
import { CliError } from './cli-error.js';
import { createProgram } from './program.js';

/** 0: done; 1: it failed; 2: it was given wrongly. */
async function main(): Promise<void> {
  // Whoever reads the output may stop reading.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  try {
    await createProgram().parseAsync(process.argv);
  } catch (error) {
    process.exitCode = fail(error);
  }
}

function fail(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const message = error instanceof Error ? error.message : 'It failed.';
  process.stderr.write(`leadledger: ${message.split('\n').join(' ')}\n`);
  return error instanceof CliError ? error.exitCode : 1;
}

await main();
