import type { Logged } from '#event-store';
import type { ReadStore, Write } from '#read-store';
import { foldDocument, type Start, type Stretch } from './fold-document.js';
import { foldGroups } from './fold-groups.js';
import { isGrouped } from './group-members.js';
import { type GroupMove, type GroupsInFlight, NO_GROUPS } from './group-moves.js';
import type { Model, OpenState } from './model.js';
import { BehindParkedEvent, frozenAmong, park, wholeStream } from './parking.js';

/** What folding a stretch into one model leads to. Nothing is written or remembered yet. */
export interface Folded {
  /** Rows and groups of documents, to be in place before those. */
  readonly ahead: readonly Write[];
  readonly writes: readonly Write[];
  /** What was parked. Another version of the product might have folded it. */
  readonly decisions: readonly Write[];
  readonly parked: number;
  /** Folded states by document id, to be kept once they are written. */
  readonly states: ReadonlyMap<string, OpenState>;
  readonly groups: GroupsInFlight;
  /** Documents that events were parked for. */
  readonly frozen: readonly string[];
}

/** Folds the events at `places` of a stretch into the documents they touch, loading each document once. */
export async function foldModel(
  readStore: ReadStore,
  model: Model,
  stretch: Stretch,
  places: readonly number[],
): Promise<Folded> {
  const ahead: Write[] = [];
  const moves: GroupMove[] = [];
  const writes: Write[] = [];
  const decisions: Write[] = [];
  const states = new Map<string, OpenState>();
  const frozenNow: string[] = [];
  let parked = 0;
  const frozenStreams = await frozenAmong(readStore, model, streamsAt(model, stretch, places));
  const { touched, unreadable } = touchedDocuments(model, stretch, places, frozenStreams);
  const frozen = await frozenAmong(readStore, model, [...touched.keys()]);
  const starts = await findStarts(readStore, model, frozen, stretch, touched);

  function parkAll(id: string, events: readonly Logged[], error: unknown): void {
    parked += events.length;
    frozenNow.push(id);
    const frozenAlready = frozen.has(id) || frozenStreams.has(id);
    decisions.push(...park(model, id, events, error, frozenAlready));
  }

  for (const [id, { events, error }] of unreadable) parkAll(id, events, error);
  for (const [id, at] of touched) {
    const start = starts.get(id);
    if (!start) {
      parkAll(id, eventsAt(stretch, at), new BehindParkedEvent());
      continue;
    }
    const { result, failure } = foldDocument(model, id, start, stretch, at);
    if (failure) parkAll(id, eventsAt(stretch, at.slice(failure.index)), failure.error);
    if (!result) continue;
    ahead.push(...result.rows);
    for (const move of result.moves) moves.push(move);
    writes.push(result.document);
    states.set(id, result.state);
  }
  const upTo = eventsAt(stretch, places.slice(-1))[0]?.position ?? -1;
  const folded = isGrouped(model) ? await foldGroups(readStore, model, moves, upTo) : undefined;
  if (folded) ahead.push(...folded.writes);
  const groups = folded?.inFlight ?? NO_GROUPS;
  return { ahead, writes, decisions, parked, states, groups, frozen: frozenNow };
}

interface Touched {
  /** Places in the stretch by document id, in order. */
  readonly touched: ReadonlyMap<string, readonly number[]>;
  /** Events whose documents cannot be told and those behind them, under their stream's name. */
  readonly unreadable: ReadonlyMap<
    string,
    { readonly events: readonly Logged[]; readonly error: unknown }
  >;
}

/** No event of a stream is folded after one whose documents could not be told: it may have been about any of them. */
function touchedDocuments(
  model: Model,
  stretch: Stretch,
  places: readonly number[],
  frozenStreams: ReadonlySet<string>,
): Touched {
  const touched = new Map<string, number[]>();
  const unreadable = new Map<string, { events: Logged[]; error: unknown }>();
  for (const place of places) {
    const event = stretch.events[place];
    if (!event || event.position <= model.position) continue;
    try {
      const earlier = unreadable.get(wholeStream(event.stream));
      if (earlier) throw earlier.error;
      if (frozenStreams.has(wholeStream(event.stream))) throw new BehindParkedEvent();
      for (const id of model.projection.keys(event)) {
        const at = touched.get(id);
        if (at) at.push(place);
        else touched.set(id, [place]);
      }
    } catch (error) {
      const entry = unreadable.get(wholeStream(event.stream)) ?? { events: [], error };
      entry.events.push(event);
      unreadable.set(wholeStream(event.stream), entry);
    }
  }
  return { touched, unreadable };
}

function streamsAt(model: Model, stretch: Stretch, places: readonly number[]): readonly string[] {
  if (model.parked === 0) return [];
  return [...new Set(eventsAt(stretch, places).map(({ stream }) => wholeStream(stream)))];
}

/** Where to start with each document that is not frozen, with one load for those that are not at hand. */
async function findStarts(
  readStore: ReadStore,
  model: Model,
  frozen: ReadonlySet<string>,
  stretch: Stretch,
  touched: ReadonlyMap<string, readonly number[]>,
): Promise<ReadonlyMap<string, Start>> {
  const { projection, recent, writing, collection } = model;
  const starts = new Map<string, Start>();
  const missing: string[] = [];
  for (const [id, [first = 0]] of touched) {
    if (frozen.has(id)) continue;
    const kept = recent.get(id) ?? writing.get(id);
    const event = stretch.events[first];
    if (kept) starts.set(id, { kept });
    else if (event && projection.begins?.(event)) starts.set(id, { stored: undefined });
    else missing.push(id);
  }
  if (missing.length === 0) return starts;
  const stored = await readStore.load(collection, missing);
  for (const id of missing) starts.set(id, { stored: stored.get(id) });
  return starts;
}

function eventsAt(stretch: Stretch, at: readonly number[]): readonly Logged[] {
  return at.flatMap((place) => stretch.events[place] ?? []);
}
