import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const LAUNCHER = join(process.cwd(), 'apps', 'launcher');

/** Stands for the compiler: writes down that it ran, and emits an api that prints its source, then waits to be stopped. */
const COMPILER = `
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
appendFileSync('compiled.log', 'x');
const source = readFileSync('apps/api/src/main.ts', 'utf8');
if (source.includes('WRONG')) process.exit(2);
const next = process.argv[process.argv.indexOf('--outDir') + 1];
await new Promise((resolve) => setTimeout(resolve, 300));
mkdirSync(join(next, 'apps/api/src'), { recursive: true });
mkdirSync(join(next, 'libs'), { recursive: true });
writeFileSync(join(next, 'apps/api/src/main.js'), source);
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A checkout whose path has a space in it, with its packages installed and nothing built. */
function checkout(main: string): { path: string; write: (path: string, text: string) => void } {
  const path = join(mkdtempSync(join(tmpdir(), 'lead ledger-')), 'a checkout');
  folders.push(dirname(path));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  };
  const lock = JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } });
  write('package.json', '{"type":"module"}');
  write('package-lock.json', lock);
  write('node_modules/.package-lock.json', lock);
  write('node_modules/a/package.json', '{}');
  write('node_modules/@typescript/native/bin/tsc', COMPILER);
  write('node_modules/@typescript/native/package.json', '{"type":"module"}');
  write('tsconfig.json', '{}');
  write('apps/tsconfig.build.json', '{}');
  write('apps/api/src/main.ts', main);
  write('libs/crm/src/index.ts', '');
  cpSync(LAUNCHER, join(path, 'apps', 'launcher'), { recursive: true });
  return { path, write };
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(
  path: string,
  environment: NodeJS.ProcessEnv = {},
  onOutput?: (pid: number) => void,
) {
  return new Promise<Ended>((resolve) => {
    const child = spawn(process.execPath, ['apps/launcher/start.mjs'], {
      cwd: path,
      env: { ...process.env, npm_lifecycle_event: '', ...environment },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => {
      out += data;
      if (child.pid) onOutput?.(child.pid);
    });
    child.stderr.on('data', (data) => {
      err += data;
    });
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

const compilations = (path: string) =>
  existsSync(join(path, 'compiled.log'))
    ? readFileSync(join(path, 'compiled.log'), 'utf8').length
    : 0;

describe('npm start', () => {
  it('builds the first time, and then only when a source has changed', async () => {
    const { path, write } = checkout(`console.log('one')`);
    expect(await start(path)).toMatchObject({ code: 0, out: 'one\n' });
    expect(await start(path)).toEqual({ code: 0, out: 'one\n', err: '' });
    expect(compilations(path)).toBe(1);
    write('apps/api/src/main.ts', `console.log('two')`);
    expect(await start(path)).toMatchObject({ code: 0, out: 'two\n' });
    write('libs/crm/src/new.ts', '');
    await start(path);
    rmSync(join(path, 'libs/crm/src/new.ts'));
    await start(path);
    expect(compilations(path)).toBe(4);
  });

  it('refuses to run an old build when the new sources do not compile, and says so', async () => {
    const { path, write } = checkout(`console.log('one')`);
    await start(path);
    write('apps/api/src/main.ts', 'WRONG');
    const ended = await start(path);
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toContain('The build failed with code 2');
    write('apps/api/src/main.ts', `console.log('one')`);
    expect(await start(path)).toEqual({ code: 0, out: 'one\n', err: '' });
  });

  it('builds once when started several times at once', async () => {
    const { path } = checkout(`console.log('one')`);
    const ended = await Promise.all(Array.from({ length: 4 }, () => start(path)));
    expect(ended.map(({ code, out }) => [code, out])).toEqual(Array(4).fill([0, 'one\n']));
    expect(compilations(path)).toBe(1);
  });

  it('takes over from a launch that was killed while it prepared', async () => {
    const { path, write } = checkout(`console.log('one')`);
    const dead = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => dead.once('exit', resolve));
    write('dist/.preparing', String(dead.pid));
    write('dist/.next/apps/half.js', '');
    const ended = await Promise.all([start(path), start(path)]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(existsSync(join(path, 'dist/apps/half.js'))).toBe(false);
    expect(existsSync(join(path, 'dist/.preparing'))).toBe(false);
  });

  it('hands signals and the exit code through', async () => {
    const { path } = checkout(`
      const alive = setInterval(() => {}, 1000);
      process.once('SIGTERM', () => { console.log('stopping'); clearInterval(alive); process.exitCode = 7; });
      console.log('up');
    `);
    let sent = false;
    const ended = await start(path, {}, (pid) => {
      if (!sent) process.kill(pid, 'SIGTERM');
      sent = true;
    });
    expect(ended).toMatchObject({ code: 7, out: 'up\nstopping\n' });
  });

  it('stops the server when the npm that started it is killed', async () => {
    const { path, write } = checkout(`
      import { writeFileSync } from 'node:fs';
      setInterval(() => {}, 1000);
      process.once('SIGTERM', () => { writeFileSync('stopped', ''); process.exit(0); });
      console.log('up');
    `);
    write(
      'npm.js',
      `import { spawn } from 'node:child_process';
       spawn(process.execPath, ['apps/launcher/start.mjs'], { stdio: 'inherit' });`,
    );
    const npm = spawn(process.execPath, ['npm.js'], {
      cwd: path,
      env: { ...process.env, npm_lifecycle_event: 'start' },
    });
    await new Promise((resolve) => npm.stdout.once('data', resolve));
    npm.kill('SIGKILL');
    await new Promise((resolve) => npm.once('close', resolve));
    expect(existsSync(join(path, 'stopped'))).toBe(true);
  });

  it('installs when a package is missing, and says what is needed when that fails', async () => {
    const { path, write } = checkout(`console.log('one')`);
    await start(path);
    rmSync(join(path, 'node_modules/a'), { recursive: true });
    // Stands for npm without a network.
    write('bin/npm-cli.js', `console.error('ENOTFOUND'); process.exit(3);`);
    const ended = await start(path, { npm_execpath: join(path, 'bin/npm-cli.js') });
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toContain('ENOTFOUND');
    expect(ended.err).toContain('npm ci ended with code 3');
    expect(ended.err).toContain('Installing needs the npm registry or a filled npm cache');
  });

  it('misses neither packages of development nor of another machine when nothing is to be built', async () => {
    const { path, write } = checkout(`console.log('one')`);
    await start(path);
    const lock = readFileSync(join(path, 'package-lock.json'), 'utf8');
    const installed = JSON.parse(lock);
    installed.packages['node_modules/a'].dev = true;
    installed.packages['node_modules/b'] = { optional: true, os: ['aix'], cpu: ['ppc64'] };
    write('package-lock.json', JSON.stringify(installed));
    await start(path);
    rmSync(join(path, 'node_modules/a'), { recursive: true });
    write('node_modules/.package-lock.json', '{"packages":{}}');
    write('bin/npm-cli.js', 'process.exit(3);');
    const ended = await start(path, { npm_execpath: join(path, 'bin/npm-cli.js') });
    expect(ended).toEqual({ code: 0, out: 'one\n', err: '' });
  });
});
