import { type EventLog, type Logged, logPages } from '#event-store';
import type { ReadStore, Write } from '#read-store';
import { type FoldedDocument, foldDocument } from './fold-document.js';
import { isGrouped } from './group-members.js';
import { mendedAt } from './guards.js';
import type { Model } from './model.js';
import {
  countParked,
  FROZEN_DOCUMENTS,
  type FrozenDocument,
  frozenId,
  PARKED_EVENTS,
  type ParkedEvent,
  wholeStream,
} from './parking.js';
import { repairGroups } from './repair-groups.js';
import { readSettingsEvents, settingsBeside } from './settings-as-of.js';

interface Context {
  readonly log: EventLog;
  readonly readStore: ReadStore;
}

export interface Retried {
  /** Documents that were rebuilt and take events again. */
  readonly repaired: number;
  /** Documents that failed again and stay frozen. */
  readonly stillParked: number;
}

const PAGE = 500;

/** Rebuilds frozen documents of a model from the log, all or one. To be run while no batch is folded. */
export async function retryParked(
  context: Context,
  model: Model,
  documentId?: string,
): Promise<Retried> {
  const { readStore } = context;
  const filter = { model: model.name, ...(documentId !== undefined && { documentId }) };
  const sort = [
    { field: 'model', direction: 'ascending' },
    { field: 'documentId', direction: 'ascending' },
  ] as const;
  let repaired = 0;
  let stillParked = 0;
  let cursor: string | undefined;
  do {
    const page = await readStore.find<FrozenDocument>(FROZEN_DOCUMENTS, {
      filter,
      sort,
      limit: PAGE,
      ...(cursor && { cursor }),
    });
    for (const frozen of page.documents) {
      if (await repair(context, model, frozen)) repaired += 1;
      else stillParked += 1;
    }
    cursor = page.next;
  } while (cursor);
  model.parked = await countParked(readStore, model);
  return { repaired, stillParked };
}

async function repair(
  context: Context,
  model: Model,
  { documentId, stream }: FrozenDocument,
): Promise<boolean> {
  const ids =
    documentId === wholeStream(stream) ? await idsIn(context.log, model, stream) : [documentId];
  if (!ids) return false;
  const rebuilt = await Promise.all(ids.map((id) => rebuild(context, model, id, stream)));
  const results = rebuilt.filter((document) => document !== 'failed').flat();
  if (rebuilt.includes('failed')) return false;
  const rows = results.flatMap((result) => result.rows);
  const states = new Map(results.map(({ id, state }) => [id, state]));
  const groups = isGrouped(model) ? await repairGroups(context.readStore, model, states) : [];
  const writes = results.map(({ document }) => document);
  const decisions = await releaseWrites(context, model, documentId);
  const ahead = [...rows, ...groups];
  await context.readStore.write({ ahead, writes, decisions, checkpoints: {} });
  for (const id of ids) model.recent.delete(id);
  return true;
}

type Rebuilt = NonNullable<FoldedDocument['result']> & { readonly id: string };

/** None where no event concerns the document any more. */
async function rebuild(
  { log }: Context,
  model: Model,
  id: string,
  stream: string,
): Promise<readonly Rebuilt[] | 'failed'> {
  const events = await eventsOf(log, model, id, stream);
  const settings = settingsBeside(await readSettingsEvents(log), events);
  const places = events.map((_, place) => place);
  const stretch = { events, settings };
  const { result, failure } = foldDocument(model, id, { stored: undefined }, stretch, places);
  if (failure) return 'failed';
  return result ? [{ ...result, id }] : [];
}

/** Documents that a stream's events touch so far, or undefined while that cannot be told. */
async function idsIn(
  log: EventLog,
  model: Model,
  stream: string,
): Promise<readonly string[] | undefined> {
  const { events } = await log.readStream({ stream });
  const soFar = events.filter(({ position }) => position <= model.position);
  try {
    return [...new Set(soFar.flatMap((event) => model.projection.keys(event)))];
  } catch {
    return undefined;
  }
}

/** The document's events up to where the model stands; later ones come by the subscription. */
async function eventsOf(
  log: EventLog,
  model: Model,
  id: string,
  stream: string,
): Promise<readonly Logged[]> {
  const mine = (event: Logged) =>
    event.position <= model.position && model.projection.keys(event).includes(id);
  if (model.projection.oneStream) {
    return (await log.readStream({ stream })).events.filter(mine);
  }
  const { prefixes } = model.projection;
  const found: Logged[] = [];
  for await (const events of logPages(log, { upTo: model.position, prefixes, size: PAGE })) {
    found.push(...events.filter(mine));
  }
  return found;
}

async function releaseWrites(
  { readStore }: Context,
  model: Model,
  documentId: string,
): Promise<readonly Write[]> {
  const position = mendedAt(model.position);
  const writes: Write[] = [
    { kind: 'remove', collection: FROZEN_DOCUMENTS, id: frozenId(model, documentId), position },
  ];
  let cursor: string | undefined;
  do {
    const page = await readStore.find<ParkedEvent>(PARKED_EVENTS, {
      filter: { model: model.name, documentId },
      sort: [{ field: 'position', direction: 'ascending' }],
      limit: PAGE,
      ...(cursor && { cursor }),
    });
    writes.push(
      ...page.documents.map(
        ({ id }) => ({ kind: 'remove', collection: PARKED_EVENTS, id, position }) as const,
      ),
    );
    cursor = page.next;
  } while (cursor);
  return writes;
}
