import type { Position, Recorded } from '#crm';
import type { CollectionDefinition, Document, ReadStore, Write } from '#read-store';
import { guardAt } from './guards.js';
import { type HarmlessError, harmless } from './harmless-error.js';
import type { Model } from './model.js';

/** An event that a projection could not fold into a document, or that came after such a one. */
export interface ParkedEvent extends Document {
  /** The model's name, `leads@1001`. */
  readonly model: string;
  readonly documentId: string;
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly position: Position;
  readonly error: HarmlessError;
}

/** A document that takes no events until it is repaired; it still answers queries as it stood. */
export interface FrozenDocument extends Document {
  readonly model: string;
  readonly documentId: string;
  /** The stream and position of the first parked event. */
  readonly stream: string;
  readonly position: Position;
  readonly error: HarmlessError;
}

export const PARKED_EVENTS: CollectionDefinition = {
  name: 'parked_events',
  version: 1,
  indexes: [{ fields: ['model', 'documentId', 'position'] }],
};

export const FROZEN_DOCUMENTS: CollectionDefinition = {
  name: 'frozen_documents',
  version: 1,
  indexes: [{ fields: ['model', 'documentId'] }],
};

/** Why events behind a parked one are parked. */
export class BehindParkedEvent extends Error {
  constructor() {
    super('An earlier event of the document is parked.');
    this.name = 'BehindParkedEvent';
  }
}

/** Why an event that this version of the product does not understand is parked. */
export class UnreadableEvent extends Error {
  constructor(
    readonly type: string,
    readonly why: string,
  ) {
    super(`An event of type ${type} cannot be read: ${why}.`);
    this.name = 'UnreadableEvent';
  }
}

/** The writes that park events of one document, in order; the first freezes it unless it is frozen already. */
export function park(
  model: Model,
  documentId: string,
  events: readonly Recorded[],
  error: unknown,
  frozenAlready: boolean,
): readonly Write[] {
  const first = events[0];
  if (!first) return [];
  const writes: Write[] = events.map((event, index) => {
    const document: ParkedEvent = {
      id: `${model.name}/${documentId}@${event.position}`,
      model: model.name,
      documentId,
      eventId: event.id,
      type: event.type,
      stream: event.stream,
      position: event.position,
      error: harmless(index === 0 ? error : new BehindParkedEvent(), event),
    };
    return { kind: 'put', collection: PARKED_EVENTS, document, position: guardAt(event.position) };
  });
  if (!frozenAlready) {
    const document: FrozenDocument = {
      id: frozenId(model, documentId),
      model: model.name,
      documentId,
      stream: first.stream,
      position: first.position,
      error: harmless(error, first),
    };
    writes.push({
      kind: 'put',
      collection: FROZEN_DOCUMENTS,
      document,
      position: guardAt(first.position),
    });
  }
  return writes;
}

/** Which of the documents are frozen. */
export async function frozenAmong(
  readStore: ReadStore,
  model: Model,
  documentIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (model.parked === 0) return new Set();
  const ids = documentIds.map((id) => frozenId(model, id));
  const stored = await readStore.load(FROZEN_DOCUMENTS, ids);
  return new Set(documentIds.filter((id) => stored.has(frozenId(model, id))));
}

/** Counting stops here: health needs to know that it is bad, not how bad. */
const COUNT_UP_TO = 10_000;

/** Parked events of a model, 10,000 at most. */
export async function countParked(
  readStore: ReadStore,
  model: Pick<Model, 'name'>,
): Promise<number> {
  return readStore.count(PARKED_EVENTS, { model: model.name }, COUNT_UP_TO);
}

/** The id of a frozen document; those of its parked events begin with it. */
export function frozenId(model: Pick<Model, 'name'>, documentId: string): string {
  return `${model.name}/${documentId}`;
}

/** Stands for all documents of a stream when it cannot be told which an event touches. */
export function wholeStream(stream: string): string {
  return `stream:${stream}`;
}
