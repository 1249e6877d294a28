import { PLURALS, type Position, type Uuid } from '#crm';
import { type Clock, HttpProblem } from '#platform';
import {
  ACTIVITIES,
  CONVERSIONS,
  createQueries,
  DEADLINES,
  DUPLICATES,
  MERGES,
  type Queries,
  type ServedModels,
  USERS_IN,
} from '#read-side';
import type {
  CandidateFinder,
  MergeFinder,
  OpenFinder,
  OwnedOpportunities,
  ReminderFinder,
  UndoFinder,
} from '#write-side';
import { createDuplicateLookup, type DuplicateLookup } from '../reading/duplicate-lookup.js';
import { createRecentRecords, type RecentRecords } from '../reading/recent-records.js';
import type { Stores } from './open-stores.js';

/** Everything that queries go to. */
export interface ReadSide {
  readonly models: ServedModels;
  readonly queries: Queries;
  readonly duplicates: DuplicateLookup;
  readonly recent: RecentRecords;
  readonly finder: CandidateFinder;
  readonly mergeFinder: MergeFinder;
  readonly undoFinder: UndoFinder;
  readonly owned: OwnedOpportunities;
  readonly reminderFinder: ReminderFinder;
  readonly openFinder: OpenFinder;
  /** Conversions that were committed or undone and are not known to be completed. */
  pendingConversions(limit: number): Promise<readonly PendingConversion[]>;
}

export interface PendingConversion {
  readonly leadId: Uuid;
  readonly conversionId: Uuid;
}

/** How long a command waits for the read model that it looks for candidates in, in milliseconds. */
const CANDIDATES_WAIT_MS = 5_000;
const MOST_CANDIDATES = 200;
/** Where what is open is found, along an index. */
const OPEN = {
  opportunity: { collection: PLURALS.opportunity, status: 'open', sort: 'createdAt' },
  activity: { collection: ACTIVITIES.name, status: 'planned', sort: 'dueAt' },
} as const;

/** Builds the read side on the stores. Projections do not run before they are started. */
export function createReadSide(
  { log, readStore }: Stores,
  models: ServedModels,
  clock: Clock,
): ReadSide {
  const queries = createQueries({ log, readStore, models, now: () => clock.now() });
  const recent = createRecentRecords(models);
  return {
    models,
    queries,
    recent,
    duplicates: createDuplicateLookup(queries, recent),
    finder: {
      async find(type, keys, upTo) {
        await reached(models, upTo, [DUPLICATES.name]);
        return queries.findBearing({ type, keys, most: MOST_CANDIDATES });
      },
    },
    mergeFinder: {
      async survivorOf(mergeId, upTo) {
        await reached(models, upTo, [MERGES.name]);
        return (await queries.getMerge(mergeId))?.survivor;
      },
    },
    undoFinder: {
      async leadOf(conversionId, upTo) {
        await reached(models, upTo, [CONVERSIONS.name]);
        return (await queries.getConversion(conversionId))?.leadId;
      },
      async usersOf(record, upTo) {
        await reached(models, upTo, USERS_IN);
        return queries.findUsers(record);
      },
    },
    owned: { known: queries.knownOpportunities, countOpen: queries.countOpenOpportunities },
    reminderFinder: {
      find: queries.findDueReminders,
      reached: (upTo) => models.waitFor(upTo, CANDIDATES_WAIT_MS, [DEADLINES.name]),
    },
    openFinder: {
      findOpen: ({ type, ...paging }) =>
        readStore.find(models.live(OPEN[type].collection), {
          filter: { status: OPEN[type].status },
          sort: [{ field: OPEN[type].sort, direction: 'ascending' }],
          ...paging,
        }),
      reached: (upTo) =>
        models.waitFor(
          upTo,
          CANDIDATES_WAIT_MS,
          Object.values(OPEN).map(({ collection }) => collection),
        ),
    },
    async pendingConversions(limit) {
      const { documents } = await readStore.find(models.live(CONVERSIONS.name), {
        filter: { completed: false },
        sort: [],
        limit,
      });
      return documents.map(({ id, leadId }) => ({ conversionId: id, leadId: String(leadId) }));
    },
  };
}

async function reached(
  models: ServedModels,
  position: Position,
  collections: readonly string[],
): Promise<void> {
  if (await models.waitFor(position, CANDIDATES_WAIT_MS, collections)) return;
  throw new HttpProblem(503, 'read_model_behind', 'The lists are catching up. Try again.', {
    headers: { 'retry-after': '1' },
  });
}
