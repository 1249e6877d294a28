import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_EVENTS, type Position } from '#crm';
import {
  compareLogs,
  createEventLog,
  createRegistry,
  endOf,
  type KeyRing,
  sameKeys,
} from '#event-store';
import { ALL_PROJECTIONS, compareReadModels } from '#read-side';
import { openEmbeddedReadStore, type ReadStore } from '#read-store';
import type { Installation } from '../../../api/src/composition/open-installation.js';
import { grouped, type ProgressLine } from '../progress-line.js';
import { missingFile } from './copy-files.js';

/** The copy is not what it was copied from. */
class CopyUnequal extends Error {
  constructor(why: string) {
    super(`The copy is not complete: ${why}.`);
    this.name = 'CopyUnequal';
  }
}

export interface Rings {
  readonly source: KeyRing;
  readonly target: KeyRing;
}

/**
 * Compares the logs event by event, keys and files, and then what both logs mean: all read models, built from each.
 * @param end of the source's log as the copy began
 * @returns how many documents were compared
 * @throws CopyUnequal, LogsDiffer, FileDamaged
 */
export async function verifyCopy(
  source: Installation,
  target: Installation,
  rings: Rings,
  end: Position,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<number> {
  const { events, more } = await compareLogs({
    ...{ source: source.events, target: target.events, upTo: end, signal },
    onProgress: (count) => progress.update(`Comparing events: ${grouped(count)}`),
  });
  if (more) throw new CopyUnequal(`the target has only the first ${grouped(events)} events`);
  if ((await endOf(source.events)) !== end) {
    throw new CopyUnequal(
      'the source was written to meanwhile; stop what writes to it and run it again, it goes on where it is',
    );
  }
  if (!(await sameKeys(rings.source, rings.target))) {
    throw new CopyUnequal('the keys of the target are not those of the source');
  }
  const missing = await missingFile(source.files, target.files, signal);
  if (missing !== undefined) throw new CopyUnequal(`the file ${missing} is missing`);
  return withScratches(async (left, right) => {
    const registry = createRegistry(ALL_EVENTS);
    const logOf = ({ events: store }: Installation, keys: KeyRing) =>
      createEventLog({ store, registry, keys });
    const { documents, differences } = await compareReadModels({
      source: { log: logOf(source, rings.source), scratch: left, upTo: end },
      target: { log: logOf(target, rings.target), scratch: right },
      projections: ALL_PROJECTIONS,
      onProgress: (count) => {
        signal.throwIfAborted();
        progress.update(`Comparing read models: ${grouped(count)} of some ${grouped(2 * events)}`);
      },
    });
    const [first] = differences;
    if (first) {
      const { collection, id, kind } = first;
      throw new CopyUnequal(`document ${id} of ${collection} is ${kind} when built from it`);
    }
    return documents;
  });
}

/** Two read stores on disk, since a large installation's documents do not fit into memory; they are gone afterwards. */
async function withScratches<Result>(
  work: (left: ReadStore, right: ReadStore) => Promise<Result>,
): Promise<Result> {
  const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'leadledger-copy-')));
  const stores = folders.map((folder) => openEmbeddedReadStore({ folder }));
  const [left, right] = stores as [ReadStore, ReadStore];
  try {
    return await work(left, right);
  } finally {
    for (const store of stores) await store.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}
