import type { Position } from '#crm';
import type { CollectionDefinition, Document, ReadStore } from '#read-store';
import { forgetParked } from './forget-parked.js';

/**
 * A collection's physical version says its shape and which build of that shape it is, so that a rebuild of an unchanged
 * read model has a place beside the one that queries read: shape 2, third build = 2,003.
 */
const BUILDS = 1_000;

/** The first physical version of a shape. */
export function firstBuild(shape: number): number {
  return shape * BUILDS + 1;
}

export function shapeOf(version: number): number {
  return Math.floor(version / BUILDS);
}

/** Which version of every collection the queries of every process read. */
export const READ_MODELS: CollectionDefinition = { name: 'read_models', version: 1, indexes: [] };

interface LiveVersion extends Document {
  readonly version: number;
}

/** The live version by collection name, of those that have one. */
export async function readLiveVersions(
  readStore: ReadStore,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const stored = await readStore.load(READ_MODELS, names);
  return new Map([...stored].map(([name, { document }]) => [name, versionOf(document)]));
}

function versionOf(document: Document): number {
  return (document as LiveVersion).version;
}

/**
 * Makes a version the live one. The version is the write's position too: of two processes that switch, the one with the
 * newer version has its way.
 */
export async function makeLive(
  readStore: ReadStore,
  { name, version }: Pick<CollectionDefinition, 'name' | 'version'>,
): Promise<void> {
  const position: Position = version;
  const document: LiveVersion = { id: name, version };
  await readStore.write({
    writes: [{ kind: 'put', collection: READ_MODELS, document, position }],
    checkpoints: {},
  });
}

/** Drops the versions of a collection that neither queries nor projections use, with their checkpoints and what was parked. */
export async function dropUnused(
  readStore: ReadStore,
  name: string,
  used: ReadonlySet<number>,
): Promise<void> {
  for (const version of await readStore.versions(name)) {
    if (used.has(version)) continue;
    await readStore.forget(`${name}@${version}`);
    await forgetParked(readStore, `${name}@${version}`);
    await readStore.drop({ name, version });
  }
}
