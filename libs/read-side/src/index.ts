export * from './activities/activity-document.js';
export { ALL_PROJECTIONS } from './all-projections.js';
export { type Board, type BoardColumn, CARD_LIMITS } from './board/read-board.js';
export * from './conversions/conversion-projection.js';
export { DEADLINES, type DeadlineDocument } from './deadlines/deadline-document.js';
export { DELIVERIES, type DeliveryDocument } from './deliveries/delivery-projection.js';
export * from './directory/directory-projections.js';
export * from './duplicates/bearer-document.js';
export * from './duplicates/brief-record.js';
export * from './duplicates/cluster-document.js';
export type { PairDifferences, PairSample, PairTally } from './duplicates/compare-pairs.js';
export * from './duplicates/count-clusters.js';
export * from './duplicates/diff-duplicates.js';
export { KEY_KINDS } from './duplicates/key-kinds.js';
export type { Cluster, ListClusters } from './duplicates/list-clusters.js';
export type { Noise } from './duplicates/list-noise.js';
export type { Skip } from './duplicates/list-skips.js';
export * from './duplicates/skip-projection.js';
export { createProjectionEngine } from './engine/engine.js';
export * from './engine/engine.port.js';
export * from './engine/projection.port.js';
export type { EngineStatus, ModelStatus } from './engine/status.js';
export { ProjectionsAway } from './hosting/calls.js';
export { createFollowedModels, type FollowedModelsOptions } from './hosting/followed-models.js';
export { type EnginePort, type HostedEngine, hostEngine } from './hosting/host-engine.js';
export {
  createRemoteEngine,
  type EngineThread,
  type RemoteEngine,
} from './hosting/remote-engine.js';
export * from './merges/merge-projection.js';
export { NOTES, type NoteDocument } from './notes/note-projection.js';
export {
  NOTIFICATIONS,
  type NotificationDocument,
} from './notifications/notification-projection.js';
export * from './queries/around-record.js';
export * from './queries/ask-records.js';
export * from './queries/candidates.js';
export * from './queries/collections.js';
export { createQueries, type Queries } from './queries/create-queries.js';
export * from './queries/get-record.js';
export * from './queries/list-records.js';
export * from './queries/merges.js';
export * from './queries/provenance.js';
export * from './queries/query-context.js';
export * from './queries/records-behind.js';
export { leadingElsewhere, listedFrom, shownFrom } from './queries/resolve-references.js';
export { type RecordUsers, USERS_IN } from './queries/users-of.js';
export type { Walked } from './queries/walk-pages.js';
export * from './rebuild/compare-read-models.js';
export * from './rebuild/read-models-standing.js';
export * from './rebuild/rebuild-read-models.js';
export * from './rebuild/verify-read-models.js';
export * from './records/record-document.js';
export { SAVED_FILTERS, type ShownSavedFilter } from './saved-filters/saved-filter-projection.js';
export * from './timeline/history-events.js';
export { nameOf } from './timeline/names.js';
export * from './timeline/timeline.js';
export * from './timeline/timeline-entry.js';
export { WEBHOOKS, type WebhookDocument } from './webhooks/webhook-projection.js';
