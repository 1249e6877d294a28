#!/usr/bin/env node
import { requireNode } from './node-version.mjs';

requireNode();
const { join } = await import('node:path');
const { prepareToDevelop } = await import('./prepare.mjs');
const { runChild } = await import('./run-child.mjs');
const { ROOT } = await import('./root.mjs');

await prepareToDevelop();
process.exitCode = await runChild(process.execPath, [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
  ...process.argv.slice(2),
  '--reporters=default',
  `--reporters=${join(ROOT, 'test', 'support', 'summary-reporter.cjs')}`,
]);
