import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ChildTask } from './child.js';

const ROOT = process.cwd();

/** The child compiled into a folder of its own: Node 20 does not run TypeScript. */
export interface Children {
  start(task: ChildTask, folder: string): Promise<Child>;
  cleanup(): void;
}

export interface Child {
  readonly pid: number;
  /** Whole lines that it has printed. */
  lines(): readonly string[];
  /** SIGKILL; answers when it is gone. */
  kill(): Promise<void>;
}

export function buildChildren(): Children {
  const build = mkdtempSync(join(tmpdir(), 'children '));
  const source = join(ROOT, 'libs/event-store/src/contract/crash/child.ts');
  writeFileSync(
    join(build, 'tsconfig.json'),
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: {
        types: ['node'],
        typeRoots: [join(ROOT, 'node_modules/@types')],
        rootDir: ROOT,
        outDir: join(build, 'dist'),
      },
      include: [source],
    }),
  );
  const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(build, 'package.json'), JSON.stringify({ type: 'module', imports }));
  symlinkSync(join(ROOT, 'node_modules'), join(build, 'node_modules'));
  const compiler = createRequire(join(ROOT, 'package.json')).resolve(
    '@typescript/native/package.json',
  );
  execFileSync(process.execPath, [join(dirname(compiler), 'bin/tsc'), '-p', build]);
  const entry = join(build, 'dist/libs/event-store/src/contract/crash/child.js');
  return {
    start: (task, folder) => started(spawn(process.execPath, [entry, task, folder])),
    cleanup: () => rmSync(build, { recursive: true, force: true }),
  };
}

async function started(child: ChildProcess): Promise<Child> {
  let printed = '';
  let complaint = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lines = () =>
    printed
      .slice(0, printed.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(0, -1);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      printed += chunk;
      if (lines().includes('open')) resolve();
    });
    child.stderr?.on('data', (chunk) => {
      complaint += chunk;
    });
    child.once('close', () => reject(new Error(`The child ended: ${complaint}`)));
  });
  return {
    pid: child.pid as number,
    lines,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
