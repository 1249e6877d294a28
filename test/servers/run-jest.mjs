import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../apps/launcher/root.mjs';

/**
 * Runs specs and counts; what was skipped has not passed.
 *
 * @param {readonly string[]} specs
 * @param {Readonly<Record<string, string>>} variables beside this process's own
 * @param {AbortSignal} signal ends the run
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runJest(specs, variables, signal) {
  const folder = mkdtempSync(join(tmpdir(), 'servers '));
  const report = join(folder, 'report.json');
  const args = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--testRegex=\\.spec\\.ts$',
    '--testPathIgnorePatterns=/node_modules/',
    // Specs wait for servers most of the time: on two cores two at once take little longer than one.
    `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`,
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
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'ignore', 'inherit'],
      signal,
    });
    // Told by what is missing from the report.
    child.on('error', () => undefined);
    const code = await new Promise((resolve) => child.once('close', resolve));
    return countsOf(report, code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function countsOf(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = result;
  const failures =
    numFailedTests + numPendingTests + numTodoTests + result.numRuntimeErrorTestSuites;
  // A run that says that all passed and yet fails did not finish what it set out to do.
  return { passed: numPassedTests, failed: code === 0 ? failures : Math.max(1, failures) };
}
