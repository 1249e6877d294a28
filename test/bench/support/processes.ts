import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** The environment without what whoever runs this has set for the product. */
function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(LEADLEDGER_|npm_)/i.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

/** What has node write a profile, where one was asked for. */
function profiling(): string[] {
  const folder = process.env.BENCH_PROFILE;
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

/** Runs one of this folder's scripts in a process of its own and answers what it reports. */
export async function inChild<Result>(script: string, input: object): Promise<Result> {
  const file = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const child = fork(file, [JSON.stringify(input)], { execArgv: profiling(), env: environment() });
  running.add(child);
  let result: Result | undefined;
  child.on('message', (message) => {
    result = message as Result;
  });
  const [code, signal] = await once(child, 'exit');
  running.delete(child);
  if (result === undefined) throw new Error(`${script} ended with ${code ?? signal}.`);
  return result;
}

/** In a child: its input, and its report. */
export function childInput<Input>(): Input {
  return JSON.parse(process.argv[2] ?? '{}') as Input;
}

export function report(result: object): void {
  process.send?.(result);
}

export interface Server {
  readonly url: string;
  /** Milliseconds from the spawn until it was ready. */
  readonly startMs: number;
  /** Processor time that it has used so far, in milliseconds. */
  cpuMs(): number;
  stop(): Promise<void>;
}

/** Starts a program that serves HTTP and waits until `path` answers 200. */
export async function startServer(
  file: string,
  { port, path, env }: { port: number; path: string; env: Readonly<Record<string, string>> },
): Promise<Server> {
  const started = performance.now();
  const child = spawn(process.execPath, [...profiling(), file], {
    env: environment(env),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  running.add(child);
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(`${url}${path}`))) {
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}.`);
    if (performance.now() - started > 120_000) throw new Error(`${file} did not become ready.`);
    await pause(2);
  }
  return {
    url,
    startMs: performance.now() - started,
    cpuMs: () => cpuMsOf(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      running.delete(child);
    },
  };
}

/** From Linux's table of processes; its ticks are hundredths of a second. */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** The built product on a data folder. */
export function startProduct(folder: string, port: number): Promise<Server> {
  return startServer(join(ROOT, 'dist', 'apps', 'api', 'src', 'main.js'), {
    port,
    path: '/health/ready',
    env: {
      LEADLEDGER_PORT: String(port),
      LEADLEDGER_DATA: folder,
      LEADLEDGER_RATE_LIMIT: '0',
      LEADLEDGER_LOG_LEVEL: 'error',
    },
  });
}
