export * from './activities/activity-document.js';
export { ALL_PROJECTIONS } from './all-projections.js';
export * from './conversions/conversion-projection.js';
export * from './directory/directory-projections.js';
export { createProjectionEngine } from './engine/engine.js';
export * from './engine/engine.port.js';
export * from './engine/projection.port.js';
export type { Retried } from './engine/retry-parked.js';
export type { EngineStatus, ModelStatus } from './engine/status.js';
export { NOTES, type NoteDocument } from './notes/note-projection.js';
export {
  NOTIFICATIONS,
  type NotificationDocument,
} from './notifications/notification-projection.js';
export type { ListActivities } from './queries/activities.js';
export { SCAN_BUDGET } from './queries/bounded-find.js';
export type { FindCandidates } from './queries/candidates.js';
export type { ListConversions } from './queries/conversions.js';
export { createQueries, type Queries } from './queries/create-queries.js';
export type { GetRecord } from './queries/get-record.js';
export type { Inbox } from './queries/inbox.js';
export type { ListRecords } from './queries/list-records.js';
export type { Provenance } from './queries/provenance.js';
export {
  type Access,
  type AsOf,
  InvalidQuery,
  PAGE_LIMITS,
  type Paging,
} from './queries/query-context.js';
export * from './rebuild/rebuild-read-models.js';
export * from './rebuild/verify-read-models.js';
export * from './records/record-document.js';
export { recordKey, recordOfKey, recordOfStream } from './records/record-key.js';
export { recordCollection } from './records/record-projection.js';
export type { EventPage, HistoryEvents } from './timeline/history-events.js';
export { nameOf } from './timeline/names.js';
export type { ReadTimeline, Timeline } from './timeline/timeline.js';
export * from './timeline/timeline-entry.js';
