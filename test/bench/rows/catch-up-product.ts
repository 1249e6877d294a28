import { ALL_PROJECTIONS, createProjectionEngine } from '#read-side';
import { openThreadedReadStore } from '#read-store';
import { openLog } from '../support/open-log.js';
import { childInput, report } from '../support/processes.js';
import { timed } from '../support/sampling.js';

export interface CaughtUp {
  readonly ms: number;
  readonly events: number;
  /** Processor time, in milliseconds. */
  readonly cpuMs: number;
  /** Largest resident memory of the process, in bytes. */
  readonly peakBytes: number;
}

interface Input {
  readonly folder: string;
  readonly readFolder: string;
  /** Collections to build. Default: all. */
  readonly only?: readonly string[];
}

/** Catches projections up with a log, in a process that does nothing else. */
const { folder, readFolder, only } = childInput<Input>();
const { log, close } = await openLog(folder);
const readStore = await openThreadedReadStore({ folder: readFolder });
const projections = ALL_PROJECTIONS.filter(
  ({ collection }) => only?.includes(collection.name) ?? true,
);
const engine = createProjectionEngine({ log, readStore, projections });
const head = await log.head();
const before = process.cpuUsage();
const ms = await timed(async () => {
  await engine.start();
  if (!(await engine.waitFor(head, 3_600_000))) throw new Error('It did not catch up.');
});
const { user, system } = process.cpuUsage(before);
await engine.stop();
const { models } = await engine.status();
if (models.some(({ parked }) => parked > 0)) throw new Error('Events were parked.');
await readStore.close();
await close();
const peakBytes = process.resourceUsage().maxRSS * 1024;
report({ ms, cpuMs: (user + system) / 1_000, events: head, peakBytes } satisfies CaughtUp);
