import type { EventStore } from '#event-store';
import type { CollectionDefinition, Document, ReadStore } from '#read-store';

/** Which log a read store is built from. */
export const BUILT_FROM: CollectionDefinition = { name: 'built_from', version: 1, indexes: [] };

interface Origin extends Document {
  readonly first: string;
}

const ID = 'log';

/** The read store holds what was read from another log than the one that is configured. */
export class ForeignReadModels extends Error {
  constructor(
    /** Where the read store is. */
    readonly place: string,
  ) {
    super(
      `The read models at ${place} are those of another log than EVENTSTORE_URL and EVENTSTORE_PREFIX name: ` +
        'correct these or MONGODB_URL, or run “leadledger rebuild” where the log has moved.',
    );
    this.name = 'ForeignReadModels';
  }
}

/**
 * Whether a read store was built from another log. Positions mean nothing beyond their log: its read models would stand still, or
 * fold events a second time. Changes nothing.
 */
export async function isBuiltFromAnother(
  readStore: ReadStore,
  events: Pick<EventStore, 'readAll'>,
): Promise<boolean> {
  const noted = await notedIn(readStore);
  return noted !== undefined && noted !== (await firstOf(events));
}

/** Notes what log a read store is built from, unless that is noted already, or the log is empty yet. */
export async function noteBuiltFrom(
  readStore: ReadStore,
  events: Pick<EventStore, 'readAll'>,
): Promise<void> {
  if ((await notedIn(readStore)) !== undefined) return;
  const first = await firstOf(events);
  if (first === undefined) return;
  await readStore.ensure(BUILT_FROM);
  const document: Origin = { id: ID, first };
  const put = { kind: 'put', collection: BUILT_FROM, document, position: 0 } as const;
  await readStore.write({ writes: [put], checkpoints: {} });
}

/** Notes it anew, once everything has been built anew. */
export async function noteRebuiltFrom(
  readStore: ReadStore,
  events: Pick<EventStore, 'readAll'>,
): Promise<void> {
  await readStore.drop(BUILT_FROM);
  await noteBuiltFrom(readStore, events);
}

async function notedIn(readStore: ReadStore): Promise<string | undefined> {
  if ((await readStore.versions(BUILT_FROM.name)).length === 0) return undefined;
  const stored = (await readStore.load(BUILT_FROM, [ID])).get(ID);
  return (stored?.document as Origin | undefined)?.first;
}

/** The first event tells a log from every other, and its position tells a copy in another store from what was copied. */
async function firstOf(events: Pick<EventStore, 'readAll'>): Promise<string | undefined> {
  const [first] = await events.readAll({ limit: 1 });
  return first && `${first.position} ${first.id} ${String(first.metadata.recordedAt)}`;
}
