import { PLURALS, type Recorded, type RecordType, recordName } from '#crm';
import type { CollectionDefinition, IndexDefinition } from '#read-store';
import type { Projection } from '../engine/projection.port.js';
import { totalGroups } from '../totals/total-groups.js';
import type { RecordDocument } from './record-document.js';
import { closeRecord, evolveRecordFold, openRecord, type RecordFold } from './record-fold.js';

/**
 * Every index costs write time for every document, so each is here for a list that people open:
 * - newest and latest touched first, in all, of a person, of a team: the default lists, and every list under a scope of rights
 * - of nobody, created by a person: what everybody sees beside their own under such a scope, however much nobody has
 * - `stageId`, of a pipeline or of all: the columns of boards, and of a person's own · `status`: open, won, lost
 * - `accountId`, `contactId`: what belongs to a customer · `externalId`: how an import finds its record again
 * - `search`: the search box · `tags`: the commonest filter of all
 * Anything else is filtered while walking one of these, within a budget (see `queries/list-records.ts`).
 */
const COMMON: readonly IndexDefinition[] = [
  { fields: ['createdAt'] },
  { fields: ['updatedAt'] },
  { fields: ['ownerId', 'createdAt'] },
  { fields: ['ownerId', 'updatedAt'] },
  { fields: ['teamId', 'createdAt'] },
  { fields: ['ownerId', 'teamId', 'createdBy', 'createdAt'] },
  { fields: ['externalId'] },
  { fields: ['search'], multi: 'prefix' },
  { fields: ['tags'], multi: 'exact' },
];
const STAGED: readonly IndexDefinition[] = [
  { fields: ['pipelineId', 'stageId', 'createdAt'] },
  { fields: ['ownerId', 'pipelineId', 'stageId', 'createdAt'] },
  { fields: ['stageId', 'createdAt'] },
  { fields: ['status', 'createdAt'] },
];
const INDEXES: Readonly<Record<RecordType, readonly IndexDefinition[]>> = {
  lead: [...COMMON, ...STAGED],
  opportunity: [...COMMON, ...STAGED, { fields: ['accountId'] }, { fields: ['contactId'] }],
  contact: [...COMMON, { fields: ['accountId'] }],
  account: COMMON,
};

/** The collection of a record type, named by its plural: `leads`. */
function recordCollection(type: RecordType): CollectionDefinition {
  return { name: PLURALS[type], version: 3, indexes: INDEXES[type] };
}

/** A record type's documents, one per record. */
export function recordProjection(type: RecordType): Projection<RecordFold> {
  const prefix = `${type}-`;
  const captured = `${recordName(type)}Captured`;
  return {
    collection: recordCollection(type),
    prefixes: [prefix],
    oneStream: true,
    keys: ({ stream }: Recorded) => [stream.slice(prefix.length)],
    begins: (event) => event.type === captured && event.revision === 0,
    open: (id, stored) => openRecord(type, id, stored as RecordDocument | undefined),
    evolve: evolveRecordFold,
    close: closeRecord,
    ...((type === 'lead' || type === 'opportunity') && { groups: totalGroups(type) }),
  };
}
