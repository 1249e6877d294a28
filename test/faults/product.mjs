import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, freePort, isReady, startProgram } from '../../.ci/support/server.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Starts the built product itself, with no launcher in between, so that a signal hits what serves. */
export async function spawnProduct(dataFolder, extra = {}) {
  const port = await freePort();
  const program = startProgram(process.execPath, [join(ROOT, 'dist/apps/api/src/main.js')], {
    cwd: ROOT,
    env: cleanEnvironment({
      LEADLEDGER_PORT: String(port),
      LEADLEDGER_DATA: dataFolder,
      LEADLEDGER_RATE_LIMIT: '0',
      LEADLEDGER_LOG_LEVEL: 'error',
      ...extra,
    }),
  });
  return { program, url: `http://127.0.0.1:${port}` };
}

/** The same, and waits until it is ready. */
export async function startProduct(dataFolder, extra) {
  const started = await spawnProduct(dataFolder, extra);
  await started.program.until('ready', 60_000, () => isReady(started.url));
  return started;
}
