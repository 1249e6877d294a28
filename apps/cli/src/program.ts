import { Command } from 'commander';
import { addCopy } from './commands/copy.command.js';
import { addDemo } from './commands/demo.command.js';
import { addDoctor } from './commands/doctor.command.js';
import { addDuplicates } from './commands/duplicates.command.js';
import { addEvents } from './commands/events.command.js';
import { addImport } from './commands/import.command.js';
import { addReadModels } from './commands/read-models.command.js';
import { addStart } from './commands/start.command.js';
import { addToken } from './commands/token.command.js';

/** The command line: `leadledger <command>`. */
export function createProgram(): Command {
  const program = new Command('leadledger')
    .description('Leads and opportunities, with everything that was ever known about them')
    .showHelpAfterError('(run with --help for what can be given)')
    .exitOverride();
  addStart(program);
  addDemo(program, reach);
  addImport(program, reach);
  addEvents(program, reach);
  addToken(program, reach);
  addReadModels(program);
  addDuplicates(program);
  addCopy(program);
  addDoctor(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}

/** Where the API is: at `url`, else the server on the data folder, else one that runs for the command alone. */
function reach(command: Command): Command {
  return command
    .option('--url <url>', 'a server (default: the one on the data folder)')
    .option('--token <token>', 'whose rights count (default: LEADLEDGER_TOKEN or the admin’s)')
    .option('--data <folder>', 'data folder (default: LEADLEDGER_DATA or ./data)');
}
