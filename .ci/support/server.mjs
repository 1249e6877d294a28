import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { atEnd } from './checks.mjs';

const STOP_LIMIT_MS = 15_000;

/** A TCP port of loopback that nobody used a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The environment without variables of the product or of npm that whoever runs this has set. */
export function cleanEnvironment(extra = {}) {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(LEADLEDGER_|npm_|NODE_(ENV|OPTIONS|V8)|INIT_CWD|EVENTSTORE_|MONGODB_)/i.test(name),
  );
  return { ...Object.fromEntries(kept), ...extra };
}

/**
 * Starts a program in a process group of its own, which is killed when the run ends.
 * @param options of `spawn`; `uid` and `gid` start it as another user
 */
export function startProgram(file, args, options) {
  const child = spawn(file, args, {
    ...options,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = [];
  const seen = { output: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      seen.output += text;
      lines.push({ at: performance.now(), text });
    });
  }
  let code;
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      seen.output += error.message;
      code = -1;
      resolve(code);
    });
    child.once('exit', (exitCode, signal) => {
      code = exitCode ?? signal;
      resolve(code);
    });
  });
  atEnd(() => killGroup(child.pid));

  return {
    pid: child.pid,
    ended,
    get output() {
      return seen.output;
    },
    /** When a text was first seen in the output, on the clock of `performance.now()`. */
    timeOf: (text) => lines.find((line) => line.text.includes(text))?.at,
    /** Waits until `probe` answers something, for at most `limitMs`. */
    async until(what, limitMs, probe) {
      const deadline = performance.now() + limitMs;
      for (;;) {
        const result = await probe();
        if (result) return result;
        if (code !== undefined)
          throw new Error(`ended with ${code} before ${what}:\n${seen.output}`);
        if (performance.now() > deadline) {
          throw new Error(`not ${what} within ${limitMs / 1000} s:\n${seen.output}`);
        }
        await pause(50);
      }
    },
    /** Sends a signal to the program alone, or to its whole group, and waits. @returns its exit code */
    async stop(signal = 'SIGTERM', { group = false } = {}) {
      if (code === undefined) process.kill(group ? -child.pid : child.pid, signal);
      const late = pause(STOP_LIMIT_MS, 'late', { ref: false });
      if ((await Promise.race([ended, late])) === 'late') {
        killGroup(child.pid);
        throw new Error(
          `did not stop within ${STOP_LIMIT_MS / 1000} s of ${signal}:\n${seen.output}`,
        );
      }
      return code;
    },
  };
}

/** @returns true as soon as the server at `url` says that it is ready */
export async function isReady(url) {
  try {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

function killGroup(pid) {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
