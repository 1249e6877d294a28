import { type DomainEvent, NO_SETTINGS, type Recorded } from '#crm';
import type { Document } from '#read-store';
import type { Projection } from '../engine/projection.port.js';

/** Folds a document's events, in one go or with the document stored and opened again between any two. */
export function foldThroughStore<State>(
  { open, evolve, close }: Projection<State>,
  stream: string,
  events: readonly DomainEvent[],
  eachStored: boolean,
): Document | undefined {
  const id = stream.slice(stream.indexOf('-') + 1);
  const recorded = events.map((event, revision) => happenedIn(stream, event, revision));
  let state = open(id, undefined);
  let stored: Document | undefined;
  for (const event of recorded) {
    if (eachStored) state = open(id, stored);
    state = evolve(state, event, NO_SETTINGS, id);
    const closed = close(state, event, NO_SETTINGS);
    stored = closed && (JSON.parse(JSON.stringify(closed)) as Document);
  }
  return stored;
}

function happenedIn(stream: string, event: DomainEvent, revision: number): Recorded {
  const at = new Date(Date.UTC(2026, 2, 1, 9, revision)).toISOString();
  const metadata = { actor: { kind: 'user', id: 'u1' }, occurredAt: at, recordedAt: at };
  return {
    ...event,
    id: `e${revision}`,
    stream,
    revision,
    position: revision,
    metadata,
  } as Recorded;
}
