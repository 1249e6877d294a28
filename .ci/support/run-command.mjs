import { spawn } from 'node:child_process';

/**
 * Runs a command to its end.
 * @throws Error with all it wrote, when it fails or takes longer than `limitMs`
 */
export function runCommand(file, args, { limitMs = 120_000, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${file} ${args.join(' ')} ended with ${code ?? signal}:\n${output}`));
    });
  });
}
