import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DIST } from './root.mjs';

const PARENT_WATCH_MS = 1_000;

/**
 * Runs a built app in this very process: signals reach it without a relay, its exit code is ours, and whoever kills
 * this process has killed the app.
 */
export async function enter(app) {
  const main = join(DIST, 'apps', app, 'src', 'main.js');
  process.argv[1] = main;
  stopWithParent();
  await import(pathToFileURL(main).href);
}

/** When npm is killed with SIGKILL it cannot pass that on; a server left behind would hold port and data folder. */
function stopWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_WATCH_MS);
  watch.unref();
}
