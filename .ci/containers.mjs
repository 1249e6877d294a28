// What docker-compose.yml and the Dockerfile promise, as far as it shows without pulling images: docker-compose takes the file; every
// service has its health looked at, is started again, and is published on loopback alone; and what the image is made
// of runs as another user on a tree that nobody can write to.
import assert from 'node:assert/strict';
import { cpSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { prepareToRun } from '../apps/launcher/prepare.mjs';
import { Api } from './support/api.mjs';
import { atEnd, check, finish, NotReached } from './support/checks.mjs';
import { runCommand } from './support/run-command.mjs';
import { cleanEnvironment, freePort, isReady, startProgram } from './support/server.mjs';
import { captureAndRead, convertAndRead } from './support/smoke.mjs';

const NOBODY = 65_534;
const INSTALL_MS = 240_000;
const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'containers-'));
const isRoot = process.getuid?.() === 0;
const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
atEnd(() => rmSync(work, { recursive: true, force: true }));

const services = await check('docker-compose takes the file', async () => {
  await installDockerCompose();
  const output = await runCommand('docker-compose', ['--file', 'docker-compose.yml', 'config'], {
    cwd: root,
  });
  const config = load(output);
  assert.deepEqual(Object.keys(config.services).sort(), [
    ...['api', 'eventstoredb', 'mongodb', 'worker-1', 'worker-2'],
  ]);
  return config.services;
});

await check('every service is watched, started again, and kept to this machine', () => {
  if (!services) throw new NotReached('there are no services');
  for (const [name, { healthcheck, restart, ports = [] }] of Object.entries(services)) {
    assert.ok(healthcheck?.test?.length > 0, `${name} has no health check`);
    assert.equal(restart, 'unless-stopped', name);
    for (const port of ports) assert.match(String(port), /^127\.0\.0\.1:/, name);
  }
});

await check('the product runs without rights, on a tree that it cannot write to', () => {
  if (!services) throw new NotReached('there are no services');
  for (const name of ['api', 'worker-1', 'worker-2']) {
    const { read_only, cap_drop } = services[name];
    assert.deepEqual([name, read_only, cap_drop], [name, true, ['ALL']]);
  }
  assert.equal(services.api.environment.LEADLEDGER_WORKER, 'off');
});

await check('nothing that is committed for containers holds a secret', () => {
  for (const file of ['docker-compose.yml', 'Dockerfile', '.dockerignore']) {
    const text = readFileSync(join(root, file), 'utf8');
    assert.doesNotMatch(text, /password\s*[:=]|\/\/[^/\s]+:[^/\s]+@|secret\s*[:=]/i, file);
  }
});

const image = await check('what the image is made of can be put together', async () => {
  await prepareToRun();
  const app = join(work, 'app');
  mkdirSync(app);
  for (const part of ['package.json', 'package-lock.json', '.npmrc', 'dist', 'LICENSE']) {
    cpSync(join(root, part), join(app, part), { recursive: true });
  }
  cpSync(join(root, 'apps/launcher/check-health.mjs'), join(app, 'check-health.mjs'));
  await runCommand('npm', ['ci', '--omit=dev', '--prefer-offline'], { cwd: app });
  makeReadOnly(app);
  // Of whoever started this; the product is somebody else.
  chmodSync(work, 0o755);
  return app;
});

await check('the api runs from it as another user, and its health check knows', async () => {
  if (!image) throw new NotReached('there is no image');
  const data = join(work, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (isRoot) await runCommand('chown', [`${NOBODY}:${NOBODY}`, data]);
  const port = await freePort();
  const environment = cleanEnvironment({
    ...{ NODE_ENV: 'production', HOME: '/nonexistent', LEADLEDGER_HOST: '0.0.0.0' },
    ...{ LEADLEDGER_DATA: data, LEADLEDGER_PORT: String(port) },
  });
  const options = { cwd: image, env: environment, ...user };
  const health = () => runCommand(process.execPath, ['check-health.mjs'], options);
  await assert.rejects(health(), /Nobody answers/);
  const server = startProgram(process.execPath, ['dist/apps/api/src/main.js'], options);
  const url = `http://127.0.0.1:${port}`;
  await server.until('ready', 20_000, () => isReady(url));
  assert.match(await health(), /"status":"up"/);
  const api = await Api.ofAdmin(url, data);
  await convertAndRead(api, await captureAndRead(api, 'container'));
  assert.equal(await server.stop(), 0, server.output);
});
await finish();

/** From Debian's package, where it is missing and may be installed. */
async function installDockerCompose() {
  const isThere = await runCommand('docker-compose', ['version']).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand('apt-get', ['update'], { limitMs: INSTALL_MS, env });
  const install = ['install', '--yes', '--no-install-recommends', 'docker-compose'];
  await runCommand('apt-get', install, { limitMs: INSTALL_MS, env });
}

function makeReadOnly(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, entry.isDirectory() ? 0o555 : 0o444);
  }
  chmodSync(folder, 0o555);
}
