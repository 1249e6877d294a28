import type { Instant } from '#crm';
import type { EventLog } from '#event-store';
import type { ReadStore } from '#read-store';
import { readBoard } from '../board/read-board.js';
import { countClusters } from '../duplicates/count-clusters.js';
import { listClusters } from '../duplicates/list-clusters.js';
import { listNoise, noiseAmong } from '../duplicates/list-noise.js';
import { getSkip, listSkips } from '../duplicates/list-skips.js';
import type { ReadModels } from '../engine/engine.port.js';
import { readHistoryEvents } from '../timeline/history-events.js';
import { readActivityTimeline, readTimeline } from '../timeline/timeline.js';
import { getActivity, listActivities } from './activities.js';
import { listActivitiesOf, listNotes } from './around-record.js';
import { findBearing, findCandidates, findSharing } from './candidates.js';
import { getConversion, listConversions } from './conversions.js';
import { createCurrentSettings } from './current-settings.js';
import { findDueReminders, listOverdue } from './deadlines.js';
import { countParked, findDueDeliveries, listDeliveries } from './deliveries.js';
import { listTeams, listUsers } from './directory.js';
import { getRecord, getRecordAsOf } from './get-record.js';
import { findUnread, readInbox } from './inbox.js';
import { leadLinksOn } from './lead-links-on.js';
import { listRecords } from './list-records.js';
import { standingFor } from './living-ends.js';
import { getMerge, listMerges, pendingMerges } from './merges.js';
import { findNoticed, findRead } from './noticed-things.js';
import { arrivedOpportunities, openOpportunities } from './opportunities-for-rules.js';
import { countOpenOpportunities, knownOpportunities } from './owned-opportunities.js';
import { provenanceOf } from './provenance.js';
import type { QueryContext } from './query-context.js';
import { recordsBehind } from './records-behind.js';
import { resolveNow } from './resolve-references.js';
import { getSavedFilter, listSavedFilters } from './saved-filters.js';
import { getSettingsAsOf } from './settings-as-of.js';
import { findUsers } from './users-of.js';
import { getWebhook, listWebhooks } from './webhooks.js';

const QUERIES = {
  getRecord,
  getRecordAsOf,
  getSettingsAsOf,
  listRecords,
  readBoard,
  findCandidates,
  findSharing,
  findBearing,
  listClusters,
  countClusters,
  listNoise,
  noiseAmong,
  listSkips,
  getSkip,
  findUsers,
  provenanceOf,
  listNotes,
  recordsBehind,
  standingFor,
  listActivitiesOf,
  listActivities,
  getActivity,
  getConversion,
  listConversions,
  getMerge,
  listMerges,
  pendingMerges,
  knownOpportunities,
  countOpenOpportunities,
  openOpportunities,
  arrivedOpportunities,
  findDueReminders,
  listOverdue,
  resolveReferences: resolveNow,
  leadLinksOn,
  readInbox,
  findUnread,
  findNoticed,
  findRead,
  listDeliveries,
  findDueDeliveries,
  countParked,
  listWebhooks,
  getWebhook,
  listUsers,
  listTeams,
  listSavedFilters,
  getSavedFilter,
  readTimeline,
  readActivityTimeline,
  readHistoryEvents,
};

/** Every query of the read side, each bound to the stores: see the functions of the same names. */
export type Queries = {
  readonly [Name in keyof typeof QUERIES]: (typeof QUERIES)[Name] extends (
    context: QueryContext,
    ...rest: infer Rest
  ) => infer Answer
    ? (...rest: Rest) => Answer
    : never;
};

/** The read side's questions, over a log, its read models and how far they are. */
export function createQueries(parts: {
  readonly log: EventLog;
  readonly readStore: ReadStore;
  readonly models: ReadModels;
  readonly now: () => Instant;
}): Queries {
  const context: QueryContext = { ...parts, settings: createCurrentSettings(parts.log) };
  const bound = Object.entries(QUERIES).map(([name, query]) => [
    name,
    (...rest: readonly unknown[]) => Reflect.apply(query, undefined, [context, ...rest]),
  ]);
  return Object.fromEntries(bound) as Queries;
}
