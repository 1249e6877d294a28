// What a stranger does first: clone into a folder with a space in its name, as a user without rights, and run the
// README's command; then once more without a network.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Api } from './support/api.mjs';
import { atEnd, check, finish, NotReached } from './support/checks.mjs';
import { cleanEnvironment, freePort, isReady, startProgram } from './support/server.mjs';
import { captureAndRead, captureSlowly, convertAndRead, readBack } from './support/smoke.mjs';

const NOBODY = 65_534;
const NOWHERE = 'http://127.0.0.1:9';
const READY_LIMIT_MS = 5_000;

const root = fileURLToPath(new URL('..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'a home-'));
const clone = join(home, 'a clone');
const data = join(clone, 'data');
const isRoot = process.getuid?.() === 0;
const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
atEnd(() => rmSync(home, { recursive: true, force: true }));

const npmConfig = (name) =>
  execFileSync('npm', ['config', 'get', name], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
const registry = npmConfig('registry');
const cacheInUse = npmConfig('cache');

await check('clones', () => {
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone], { timeout: 60_000 });
  // A home of its own: nothing of ours but the packages that were fetched before, so that CI asks for none twice.
  const fetched = join(cacheInUse, '_cacache');
  if (existsSync(fetched)) cpSync(fetched, join(home, '.npm', '_cacache'), { recursive: true });
  if (isRoot) giveAway(home);
});

const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const npmStart = (environment) =>
  startProgram('npm', ['start'], {
    cwd: clone,
    ...user,
    env: cleanEnvironment({
      HOME: home,
      npm_config_registry: registry,
      npm_config_cache: join(home, '.npm'),
      LEADLEDGER_PORT: String(port),
      ...environment,
    }),
  });

const first = npmStart({});
const served = await check('npm start installs and builds', async () => {
  await first.until('built', 150_000, () => first.output.includes('Built in'));
  return true;
});
await check(`serves within ${READY_LIMIT_MS / 1000} s of the build`, async () => {
  if (!served) throw new NotReached('nothing was built');
  const left = READY_LIMIT_MS - (performance.now() - first.timeOf('Built in'));
  await first.until('ready', left, () => isReady(url));
});
const id = await check('captures a lead and reads it', async () =>
  captureAndRead(await Api.ofAdmin(url, data), 'first'),
);
await check('stops at SIGTERM to npm, with code 0', async () => {
  assert.equal(await first.stop(), 0, first.output);
});

const second = npmStart({ npm_config_registry: NOWHERE, npm_config_offline: 'true' });
await check('starts again without a network, installing and building nothing', async () => {
  await second.until('ready', 15_000, () => isReady(url));
  assert.doesNotMatch(second.output, /Installing|Building/);
});
await check('still has the lead, and converts it', async () => {
  if (!id) throw new NotReached('no lead was captured');
  const api = await Api.ofAdmin(url, data);
  await readBack(api, id, 'first');
  await convertAndRead(api, id);
});
await check('finishes the request under way at Ctrl-C, then stops with code 0', async () => {
  const api = await Api.ofAdmin(url, data);
  let stopped;
  const status = await captureSlowly(api, async () => {
    await pause(300);
    // A terminal sends it to npm and to the server, and npm passes its own on.
    stopped = second.stop('SIGINT', { group: true });
    await pause(300);
  });
  assert.equal(status, 201);
  assert.equal(await stopped, 0, second.output);
});
await check('leaves nothing in the clone that git would show', () => {
  const status = execFileSync('git', ['-c', 'safe.directory=*', 'status', '--porcelain'], {
    cwd: clone,
    encoding: 'utf8',
  });
  assert.equal(status, '');
});
await finish();

function giveAway(path) {
  chownSync(path, NOBODY, NOBODY);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) giveAway(inside);
    else lchownSync(inside, NOBODY, NOBODY);
  }
}
