#!/usr/bin/env node
// `npm run bench`: builds the product where needed, compiles the measurements beside it, and runs them.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepareToDevelop, prepareToRun } from '../../apps/launcher/prepare.mjs';
import { ROOT } from '../../apps/launcher/root.mjs';

await prepareToDevelop();
await prepareToRun();
const tsc = join(ROOT, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
const compiled = spawnSync(process.execPath, [tsc, '-p', join(ROOT, 'test/bench/tsconfig.json')], {
  cwd: ROOT,
  stdio: ['ignore', 2, 2],
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
const { main } = await import(join(ROOT, '.bench/test/bench/main.js'));
process.exitCode = await main(process.argv.slice(2));
