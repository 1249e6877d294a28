// Runs the shell commands that README and guide print, as they stand, against a server of its own.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atEnd, check, finish } from './support/checks.mjs';
import { runCommand } from './support/run-command.mjs';
import { cleanEnvironment, freePort, isReady, startProgram } from './support/server.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'a tour-'));
atEnd(() => rmSync(folder, { recursive: true, force: true }));

const port = await freePort();
const commandsOf = (page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .map(([, block]) => block.replaceAll('127.0.0.1:3000', `127.0.0.1:${port}`))
    .join('\n');

await runCommand('npm', ['run', 'build'], { cwd: root });
const server = startProgram(
  process.execPath,
  [join(root, 'dist', 'apps', 'api', 'src', 'main.js')],
  {
    cwd: folder,
    env: cleanEnvironment({ LEADLEDGER_PORT: String(port) }),
  },
);
await check('the server starts', () =>
  server.until('ready', 15_000, () => isReady(`http://127.0.0.1:${port}`)),
);
for (const page of ['README.md', 'docs/guide-api.md']) {
  await check(`every command of ${page} succeeds`, async () => {
    const commands = commandsOf(page);
    assert.notEqual(commands, '');
    const script = `set -euo pipefail\n${commands}`;
    await runCommand('bash', ['-c', script], { cwd: folder, limitMs: 60_000 });
  });
}
await check('the server stops', async () => assert.equal(await server.stop(), 0, server.output));
await finish();
