// The built product on newer versions of Node, with the packages of production alone, each going on with the data that
// the one before it wrote.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Api } from './support/api.mjs';
import { atEnd, check, finish, NotReached } from './support/checks.mjs';
import { runCommand } from './support/run-command.mjs';
import { cleanEnvironment, freePort, isReady, startProgram } from './support/server.mjs';
import { captureAndRead, convertAndRead, readBack } from './support/smoke.mjs';

const NEWER = ['24', '26'];
const root = fileURLToPath(new URL('..', import.meta.url));
const binaries = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'leadledger-ci');
const work = mkdtempSync(join(tmpdir(), 'node versions-'));
const product = join(work, 'product');
const data = join(work, 'data');
atEnd(() => rmSync(work, { recursive: true, force: true }));

const installed = await check('dist and the packages of production are all it takes', async () => {
  await runCommand('npm', ['run', 'build'], { cwd: root });
  mkdirSync(product);
  for (const part of ['package.json', 'package-lock.json', '.npmrc', 'dist']) {
    cpSync(join(root, part), join(product, part), { recursive: true });
  }
  await runCommand('npm', ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline'], {
    cwd: product,
  });
  assert.ok(!existsSync(join(product, 'node_modules', 'jest')));
  return true;
});

const leads = [];
for (const version of [process.versions.node, ...NEWER]) {
  const mark = `node-${version.split('.')[0]}`;
  await check(`starts, captures, converts, reads and stops on Node ${version}`, async () => {
    if (!installed) throw new NotReached('nothing was installed');
    const node = version === process.versions.node ? process.execPath : await nodeBinary(version);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = startProgram(node, [join('dist', 'apps', 'api', 'src', 'main.js')], {
      cwd: product,
      env: cleanEnvironment({ LEADLEDGER_PORT: String(port), LEADLEDGER_DATA: data }),
    });
    await server.until('ready', 15_000, () => isReady(url));
    const api = await Api.ofAdmin(url, data);
    for (const lead of leads) await readBack(api, lead.id, lead.mark);
    const id = await captureAndRead(api, mark);
    await convertAndRead(api, id);
    leads.push({ id, mark });
    assert.equal(await server.stop(), 0, server.output);
    assert.doesNotMatch(server.output, /Warning:/);
  });
}
await finish();

/** npm carries the binaries of Node itself; each is fetched once. */
async function nodeBinary(version) {
  const folder = join(binaries, `node-${version}-${process.platform}-${process.arch}`);
  const node = join(folder, 'package', 'bin', 'node');
  if (!existsSync(node)) {
    const fetched = mkdtempSync(join(work, 'fetched-'));
    const spec = `node-${process.platform}-${process.arch}@${version}`;
    const output = await runCommand(
      'npm',
      ['pack', spec, '--silent', '--pack-destination', fetched],
      {
        cwd: work,
      },
    );
    const archive = join(fetched, basename(output.trim().split('\n').at(-1)));
    await runCommand('tar', ['-xzf', archive, '-C', fetched, 'package/bin/node']);
    mkdirSync(binaries, { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    cpSync(fetched, `${folder}.${process.pid}`, { recursive: true });
    renameSync(`${folder}.${process.pid}`, folder);
  }
  const says = await runCommand(node, ['--version']);
  assert.ok(says.startsWith(`v${version}.`), `${node} is ${says}`);
  return node;
}
