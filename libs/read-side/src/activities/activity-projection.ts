import {
  type ActivityEvent,
  type ActivityState,
  absentActivity,
  activityDecider,
  type Recorded,
  refOf,
} from '#crm';
import type { Projection } from '../engine/projection.port.js';
import { recordKey } from '../records/record-key.js';
import { linksTo } from '../timeline/timeline-link.js';
import { ACTIVITIES, ACTIVITY_LINKS, type ActivityDocument } from './activity-document.js';

const PREFIX = 'activity-';

/** Activities, one document each, and a row for every event on every record that it concerns. */
export const activityProjection: Projection<ActivityState> = {
  collection: ACTIVITIES,
  prefixes: [PREFIX],
  oneStream: true,
  keys: ({ stream }) => [stream.slice(PREFIX.length)],
  begins: ({ type, revision }) => type === 'ActivityPlanned' && revision === 0,
  open: (id, stored) => (stored ? stateOf(stored as ActivityDocument) : absentActivity(id)),
  evolve: (state, event) => activityDecider.evolve(state, event as Recorded<ActivityEvent>),
  rows: {
    collection: ACTIVITY_LINKS,
    // A deadline follows from what was just told; whoever is interested finds it on the activity.
    of: (before, after, event) =>
      event.type === 'ActivityDeadlineSet' ? [] : linksTo(event, [...before.links, ...after.links]),
  },
  close: (state, { revision, position }) => documentOf(state, revision, position),
};

function documentOf(
  state: ActivityState,
  revision: number,
  position: number,
): ActivityDocument | undefined {
  const { status, deleted, description, dueAt, assigneeId, outcome, closedAt, deadline } = state;
  if (status === 'absent') return undefined;
  return {
    id: state.id,
    status: deleted ? 'deleted' : status,
    standing: status,
    kind: state.kind,
    subject: state.subject,
    ...(description !== undefined && { description }),
    ...(dueAt !== undefined && { dueAt }),
    ...(assigneeId !== undefined && { assigneeId }),
    links: state.links.map(refOf),
    linkKeys: state.links.map(recordKey),
    ...(outcome !== undefined && { outcome }),
    ...(closedAt !== undefined && { closedAt }),
    ...(deadline && { deadline }),
    createdAt: state.createdAt,
    createdBy: state.createdBy,
    updatedAt: state.updatedAt,
    updatedBy: state.updatedBy,
    revision,
    position,
  };
}

function stateOf(document: ActivityDocument): ActivityState {
  return {
    id: document.id,
    status: document.standing,
    deleted: document.status === 'deleted',
    kind: document.kind,
    subject: document.subject,
    description: document.description,
    dueAt: document.dueAt,
    assigneeId: document.assigneeId,
    links: document.links,
    outcome: document.outcome,
    closedAt: document.closedAt,
    deadline: document.deadline,
    createdAt: document.createdAt,
    createdBy: document.createdBy,
    updatedAt: document.updatedAt,
    updatedBy: document.updatedBy,
  };
}
