import type { Position, Settings } from '#crm';
import type { Logged } from '#event-store';
import type { ReadStore } from '#read-store';
import type { Stretch } from './fold-document.js';
import { foldModel } from './fold-model.js';
import type { Model } from './model.js';
import { countParked } from './parking.js';
import { settingsAfter } from './settings-as-of.js';

/** A checkpoint that moved over nothing of interest is written when it is this far ahead of the saved one. */
const IDLE_STRIDE = 1_000;

/** Models that stand together, with the settings as of the last event handed to them. */
export interface Group {
  readonly models: readonly Model[];
  settings: Settings;
  /** The smallest checkpoint that was saved. */
  saved: Position;
}

/** The models that follow each kind of stream. */
export function routesTo(models: readonly Model[]): ReadonlyMap<string, readonly Model[]> {
  const routes = new Map<string, Model[]>();
  for (const model of models) {
    for (const prefix of model.projection.prefixes) {
      routes.set(prefix, [...(routes.get(prefix) ?? []), model]);
    }
  }
  return routes;
}

/**
 * Folds a batch into all models of a group: one load per collection, one write in all. On an error nothing is
 * remembered, so that the same batch can be folded again.
 */
export async function foldBatch(
  readStore: ReadStore,
  group: Group,
  events: readonly Logged[],
  checkpoint: Position,
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
  const ahead = folded.flatMap((part) => part?.ahead ?? []);
  const writes = folded.flatMap((part) => part?.writes ?? []);
  const decisions = folded.flatMap((part) => part?.decisions ?? []);
  if (events.length > 0 || checkpoint - group.saved >= IDLE_STRIDE) {
    const checkpoints = Object.fromEntries(
      models.map((model) => [model.name, Math.max(model.position, checkpoint)]),
    );
    await readStore.write({ ahead, writes, decisions, checkpoints });
    group.saved = checkpoint;
  }
  for (const [index, model] of models.entries()) {
    const part = folded[index];
    for (const [id, state] of part?.states ?? []) model.recent.keep(id, state);
    for (const id of part?.frozen ?? []) model.recent.delete(id);
    // What was parked may have been parked before: a batch can come again.
    if (part && part.parked > 0) model.parked = await countParked(readStore, model);
    model.position = Math.max(model.position, checkpoint);
  }
  group.settings = stretch.settings.at(-1) ?? group.settings;
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
