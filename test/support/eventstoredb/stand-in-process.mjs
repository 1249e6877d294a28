import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('serve.mjs', import.meta.url));
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5_000;
const GRACE_MS = 50;

/**
 * Starts the stand-in for EventStoreDB as a process of its own, so that what it costs is not the caller's.
 *
 * @returns {Promise<import('./stand-in-process.mjs').StandInProcess>}
 */
export async function startStandInProcess() {
  const args = [SCRIPT, '--grace-ms', String(GRACE_MS)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const { url, controlPort } = JSON.parse(await firstLine(child));
  return {
    url,
    pid: child.pid,
    async command(name, body = {}) {
      const answer = await fetch(`http://127.0.0.1:${controlPort}/${name}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`The stand-in refused ${name}: ${await answer.text()}`);
      return answer.json();
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      child.kill('SIGTERM');
      await once(child, 'exit');
      clearTimeout(timer);
    },
  };
}

/** @returns {Promise<string>} */
function firstLine(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why) => {
      child.kill('SIGKILL');
      clearTimeout(timer);
      reject(new Error(`The stand-in for EventStoreDB did not start: ${why}.`));
    };
    const timer = setTimeout(
      () => fail(`it said nothing within ${START_LIMIT_MS} ms`),
      START_LIMIT_MS,
    );
    const ended = (code) => fail(`it ended with code ${code}`);
    child.once('error', ({ message }) => fail(message));
    child.once('exit', ended);
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      const [line, rest] = said.split('\n');
      if (rest === undefined) return;
      clearTimeout(timer);
      child.off('exit', ended);
      resolve(line);
    });
  });
}
