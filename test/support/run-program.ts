import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a program ended; no code when it had to be killed. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Variables that would say how the product is to run. */
const OURS = /^(LEADLEDGER_|EVENTSTORE_|MONGODB_|ACCEPTANCE_|NODE_OPTIONS)/;

/** Runs a Node program under these of the product's variables alone, and kills it when it takes longer than that (ms). */
export async function runProgram(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  withinMs: number,
): Promise<Ended> {
  const own = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  const child = spawn(process.execPath, [...args], {
    env: { ...Object.fromEntries(own), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { code, out, err };
}
