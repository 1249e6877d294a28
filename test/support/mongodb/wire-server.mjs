import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { INSTEAD, prepareWireServer, WireServerMissing } from './prepare.mjs';

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;
const JVM = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/**
 * Starts a server of its own that speaks MongoDB's wire protocol; docs/servers.md says what it cannot show.
 *
 * @param {{ file?: string, port?: number }} [options] an H2 file to keep the data in (default: memory), the port
 *   (default: any free one)
 * @returns {Promise<import('./wire-server.mjs').WireServer>}
 * @throws {WireServerMissing} Java or Maven is missing
 */
export async function startWireServer({ file, port = 0 } = {}) {
  const classPath = await prepareWireServer();
  const args = [...JVM, '-cp', classPath, 'WireServer', String(port), ...(file ? [file] : [])];
  const child = spawn('java', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const said = tailOf(child.stderr);
  const bound = await portOf(child, said);
  const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(timer);
  };
  return {
    url: `mongodb://127.0.0.1:${bound}/`,
    port: bound,
    pid: child.pid,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** @returns {Promise<number>} */
function portOf(child, said) {
  return new Promise((resolve, reject) => {
    const fail = (why) => {
      child.kill('SIGKILL');
      clearTimeout(timer);
      reject(new WireServerMissing(`The wire server did not start: ${why}. ${INSTEAD}`));
    };
    const timer = setTimeout(
      () => fail(`it said nothing within ${START_LIMIT_MS} ms`),
      START_LIMIT_MS,
    );
    child.once('error', ({ code, message }) =>
      fail(code === 'ENOENT' ? 'it needs Java 17, but java is not on the PATH' : message),
    );
    child.once('exit', (code) => fail(`it ended with code ${code}; ${said()}`));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, port] = /^port (\d+)$/.exec(line) ?? [];
      if (port === undefined) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve(Number(port));
    });
  });
}

/** The end of what a stream says, for when it is needed. */
function tailOf(stream) {
  let tail = '';
  stream.setEncoding('utf8').on('data', (text) => {
    tail = (tail + text).slice(-2_000);
  });
  return () => tail.trim();
}
