import type { Command } from 'commander';

interface StartFlags {
  readonly data?: string;
  readonly port?: string;
  readonly host?: string;
}

/** Starts the server in this process; the flags stand for the variables of the environment. */
async function start({ data, port, host }: StartFlags): Promise<void> {
  if (data !== undefined) process.env.LEADLEDGER_DATA = data;
  if (port !== undefined) process.env.LEADLEDGER_PORT = port;
  if (host !== undefined) process.env.LEADLEDGER_HOST = host;
  await import('../../../api/src/main.js');
}

export function addStart(program: Command): void {
  program
    .command('start')
    .description('start the server')
    .option('--data <folder>', 'data folder (default: LEADLEDGER_DATA or ./data)')
    .option('--port <port>', 'TCP port (default: LEADLEDGER_PORT or 3000)')
    .option('--host <address>', 'address to listen on (default: LEADLEDGER_HOST or 127.0.0.1)')
    .action(start);
}
