import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '#crm';
import type { EventLog } from '#event-store';
import type { ReadStore } from '#read-store';
import { createProjectionEngine } from '../engine/engine.js';
import { dropUnused, READ_MODELS } from '../engine/generations.js';
import { FROZEN_DOCUMENTS, PARKED_EVENTS } from '../engine/parking.js';
import { collectionsKept, type Projection } from '../engine/projection.port.js';

export interface RebuildOptions {
  readonly log: EventLog;
  readonly readStore: ReadStore;
  readonly projections: readonly Projection[];
  readonly onProgress?: (reached: Position, head: Position) => void;
  readonly signal?: AbortSignal;
}

const REPORT_MS = 500;

/**
 * Deletes the read models and builds them again from the log, up to its head as of now. For an operator, while nothing else uses the
 * read store; a running engine rebuilds without downtime (`ProjectionEngine.rebuild`). Interrupted, it goes on at the next start.
 */
export async function rebuildReadModels(options: RebuildOptions): Promise<Position> {
  const { log, readStore, projections, onProgress, signal } = options;
  const collections = projections.flatMap(collectionsKept);
  for (const { name } of collections) await dropUnused(readStore, name, new Set());
  for (const { name, version } of [READ_MODELS, PARKED_EVENTS, FROZEN_DOCUMENTS]) {
    await readStore.drop({ name, version });
  }
  const head = await log.head();
  const engine = createProjectionEngine({ log, readStore, projections });
  await engine.start();
  try {
    while (!signal?.aborted && !(await engine.waitFor(head, REPORT_MS))) {
      onProgress?.(engine.reached(), head);
      await sleep(0);
    }
    onProgress?.(engine.reached(), head);
    return engine.reached();
  } finally {
    await engine.stop();
  }
}
