import type { Position } from '#crm';
import { type EventLog, type Logged, logPages } from '#event-store';
import type { ReadStore } from '#read-store';
import { firstBuild } from '../engine/generations.js';
import { createModel } from '../engine/model.js';
import type { Projection } from '../engine/projection.port.js';
import { compareDocuments, type Difference } from './compare-documents.js';
import { foldAfresh, prefixesOf } from './fold-afresh.js';

/** A log, and an empty read store to fold it into. */
export interface Folding {
  readonly log: Pick<EventLog, 'readAll'>;
  readonly scratch: ReadStore;
  /** Inclusive. Default: as far as the log goes. */
  readonly upTo?: Position;
}

export interface CompareReadModels {
  readonly source: Folding;
  readonly target: Folding;
  readonly projections: readonly Projection[];
  /** Hears of events folded, of both logs together. */
  readonly onProgress?: (events: number) => void;
}

export interface ComparedReadModels {
  readonly documents: number;
  /** The first 1,000. */
  readonly differences: readonly Difference[];
}

const BATCH = 2_000;

/**
 * Builds all read models from two logs that should hold the same events, and compares every document. Each store has positions of
 * its own, and documents bear them: here an event's position is its number among the events folded, the same in both.
 */
export async function compareReadModels(options: CompareReadModels): Promise<ComparedReadModels> {
  const { source, target, projections, onProgress } = options;
  let folded = 0;
  const fold = ({ log, scratch, upTo }: Folding) => {
    const until = upTo === undefined ? {} : { upTo };
    const pages = logPages(log, { prefixes: prefixesOf(projections), size: BATCH, ...until });
    const models = projections.map((projection) =>
      createModel(projection, firstBuild(projection.collection.version)),
    );
    const told = async function* () {
      for await (const page of numbered(pages)) {
        folded += page.length;
        onProgress?.(folded);
        yield page;
      }
    };
    return foldAfresh(scratch, models, told());
  };
  const collections = await fold(source);
  await fold(target);
  const differences: Difference[] = [];
  let documents = 0;
  for (const collection of collections) {
    documents += await compareDocuments(collection, target.scratch, source.scratch, differences);
  }
  return { documents, differences };
}

async function* numbered(
  pages: AsyncIterable<readonly Logged[]>,
): AsyncGenerator<readonly Logged[], void, undefined> {
  let number = 0;
  for await (const page of pages) yield page.map((event) => ({ ...event, position: ++number }));
}
