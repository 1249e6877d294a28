import type { Position, Settings } from '#crm';
import type { Logged } from '#event-store';
import type { ReadStore } from '#read-store';
import type { Stretch } from './fold-document.js';
import { type Folded, foldModel } from './fold-model.js';
import { NO_GROUPS } from './group-moves.js';
import type { Model } from './model.js';
import { countParked } from './parking.js';
import { settingsAfter } from './settings-as-of.js';

const NONE: Folded['states'] = new Map();

/** Models that stand together, with the settings as of the last event handed to them. */
export interface Group {
  readonly models: readonly Model[];
  settings: Settings;
  /** The smallest checkpoint that was saved, or is being. */
  saved: Position;
  /** The batch that is being written. */
  writing: Promise<void>;
  /** A checkpoint that moved over nothing of interest is written when it is so far ahead of the saved one. */
  readonly idleStride: number;
}

/** In events: often enough that a restart reads little again, and nearly never. */
export const IDLE_STRIDE = 1_000;

export function createGroup(
  models: readonly Model[],
  settings: Settings,
  saved: Position,
  idleStride = IDLE_STRIDE,
): Group {
  return { models, settings, saved, idleStride, writing: Promise.resolve() };
}

/** The models that follow each kind of stream. */
function routesTo(models: readonly Model[]): ReadonlyMap<string, readonly Model[]> {
  const routes = new Map<string, Model[]>();
  for (const model of models) {
    for (const prefix of model.projection.prefixes) {
      routes.set(prefix, [...(routes.get(prefix) ?? []), model]);
    }
  }
  return routes;
}

/**
 * Folds a batch into all models of a group: one load per collection, one write in all. The write goes on while the next batch
 * is folded onto the states that are kept; `group.writing` says how it ends, and then `written` was called. On an error the
 * group is of no use any more: what it holds may be ahead of the store.
 */
export async function foldBatch(
  readStore: ReadStore,
  group: Group,
  events: readonly Logged[],
  checkpoint: Position,
  written: () => void,
): Promise<void> {
  const { models } = group;
  const stretch = withSettings(group.settings, events);
  const places = placesByModel(models, events);
  const folded = await Promise.all(
    models.map((model) => {
      const at = places.get(model);
      return at ? foldModel(readStore, model, stretch, at) : undefined;
    }),
  );
  for (const [index, model] of models.entries()) {
    const part = folded[index];
    for (const [id, state] of part?.states ?? []) model.recent.set(id, state);
    for (const id of part?.frozen ?? []) model.recent.delete(id);
  }
  group.settings = stretch.settings.at(-1) ?? group.settings;
  await group.writing;
  for (const [index, model] of models.entries()) {
    model.writing = folded[index]?.states ?? NONE;
    model.groupsInFlight = folded[index]?.groups ?? NO_GROUPS;
  }
  group.writing = writeBatch(readStore, group, folded, checkpoint, events.length > 0).then(written);
  // Whoever waits for it is told; nobody may be waiting yet.
  group.writing.catch(() => undefined);
  // What is frozen is asked of the store.
  const parked = models.some((model, index) => model.parked + (folded[index]?.parked ?? 0) > 0);
  if (parked) await group.writing;
}

async function writeBatch(
  readStore: ReadStore,
  group: Group,
  folded: readonly (Folded | undefined)[],
  checkpoint: Position,
  someEvents: boolean,
): Promise<void> {
  const { models } = group;
  if (someEvents || checkpoint - group.saved >= group.idleStride) {
    const ahead = folded.flatMap((part) => part?.ahead ?? []);
    const writes = folded.flatMap((part) => part?.writes ?? []);
    const decisions = folded.flatMap((part) => part?.decisions ?? []);
    const checkpoints = Object.fromEntries(
      models.map((model) => [model.name, Math.max(model.position, checkpoint)]),
    );
    group.saved = checkpoint;
    await readStore.write({ ahead, writes, decisions, checkpoints });
  }
  for (const [index, model] of models.entries()) {
    // What was parked may have been parked before: a batch can come again.
    if ((folded[index]?.parked ?? 0) > 0) model.parked = await countParked(readStore, model);
    model.position = Math.max(model.position, checkpoint);
    model.writing = NONE;
    model.groupsInFlight = NO_GROUPS;
  }
}

function withSettings(before: Settings, events: readonly Logged[]): Stretch {
  let current = before;
  const settings = events.map((event) => {
    current = settingsAfter(current, event);
    return current;
  });
  return { events, settings };
}

function placesByModel(
  models: readonly Model[],
  events: readonly Logged[],
): ReadonlyMap<Model, number[]> {
  const routes = routesTo(models);
  const places = new Map<Model, number[]>();
  for (const [place, { stream }] of events.entries()) {
    const kind = stream.slice(0, stream.indexOf('-') + 1) || stream;
    for (const model of routes.get(kind) ?? []) {
      const at = places.get(model);
      if (at) at.push(place);
      else places.set(model, [place]);
    }
  }
  return places;
}
