#!/usr/bin/env node
// `npm run test:servers`: the suites that need MongoDB and its like, on the servers that the environment names, or else on some of
// their own. Ends with `N passed, N failed`; a file that could not run has failed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareToDevelop } from '../../apps/launcher/prepare.mjs';
import { ROOT } from '../../apps/launcher/root.mjs';
import { SERVERS } from './servers.mjs';

const ROOMS = ['apps', 'libs', 'test'];
const SUFFIX = '.servers.spec.ts';

await prepareToDevelop();
const wanted = process.argv.slice(2);
const files = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true }).map((file) => join(room, file)),
)
  .filter((file) => file.endsWith(SUFFIX) && !file.includes('node_modules'))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .map((file) => ({ file, source: readFileSync(join(ROOT, file), 'utf8') }));

const started = [];
const leftOut = new Map();
const environment = { ...process.env };
const notes = [];
let child;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child?.kill(signal));
let passed = 0;
let failed = 0;
try {
  for (const server of SERVERS) await provide(server);
  const left = files.filter(({ file }) => !leftOut.has(file)).map(({ file }) => file);
  if (left.length > 0) ({ passed, failed } = await jest(left));
} finally {
  await Promise.all(started.map((server) => server.stop()));
}
for (const note of notes) console.log(note);
for (const [file, why] of leftOut) console.log(`Not run: ${file}: ${why}`);
failed += leftOut.size;
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** Sees to it that the specs that need the server find one, or are left out. */
async function provide({ name, variable, support, start, notShown }) {
  const users = files.filter(({ source }) => support.test(source));
  if (users.length === 0) return;
  if (environment[variable]) {
    notes.push(`${name}: the one that ${variable} names.`);
    return;
  }
  try {
    const server = await start();
    started.push(server);
    environment[variable] = server.url;
    notes.push(
      `${name}: a server of the tests' own. Not shown: ${notShown}. Set ${variable} to test on a real one.`,
    );
  } catch (error) {
    for (const { file } of users) leftOut.set(file, error.message);
  }
}

/** Runs the specs and counts; what was skipped has not passed. */
async function jest(specs) {
  const folder = mkdtempSync(join(tmpdir(), 'servers '));
  const report = join(folder, 'report.json');
  const args = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--testRegex=\\.servers\\.spec\\.ts$',
    '--testPathIgnorePatterns=/node_modules/',
    // A majority's journals take longer than a memory.
    '--testTimeout=120000',
    // A test that failed may leave a connection open, and would keep what failed from being told.
    '--forceExit',
    '--json',
    `--outputFile=${report}`,
    '--runTestsByPath',
    ...specs,
  ];
  try {
    child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
    if (!result) return { passed: 0, failed: 1 };
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = result;
    const failures =
      numFailedTests + numPendingTests + numTodoTests + result.numRuntimeErrorTestSuites;
    // A run that says that all passed and yet fails did not finish what it set out to do.
    return { passed: numPassedTests, failed: code === 0 ? failures : Math.max(1, failures) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
