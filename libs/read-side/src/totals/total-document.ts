import type { Outcome, StagedType } from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import type { RevenueSum } from './revenue-sums.js';

/** What tells totals apart. */
export interface TotalPlace {
  readonly pipelineId?: string;
  readonly stageId?: string;
  readonly status: Outcome;
  readonly ownerId?: string;
  readonly teamId?: string;
  /** Of nobody's records only: whoever created one sees it. */
  readonly createdBy?: string;
}

/**
 * How many standing records there are at one place of a pipeline that are of one owner and team and have one outcome, and what they are worth.
 * There are as many documents as people have places to keep records at, however many records there are; and filters on what
 * records are told apart by here, scopes of rights among them, mean the same of a total as of a record.
 */
export interface TotalDocument extends Document, TotalPlace {
  readonly count: number;
  /** By currency, in order of it. */
  readonly sums: readonly RevenueSum[];
}

/** What the records of a total may be filtered by. `createdBy` is for scopes of rights alone. */
export const TOLD_APART: ReadonlySet<string> = new Set([
  'pipelineId',
  'stageId',
  'status',
  'ownerId',
  'teamId',
]);

/** The totals of a record type. Boards ask for those of a pipeline. */
export function totalCollection(type: StagedType): CollectionDefinition {
  return { name: `${type}_totals`, version: 1, indexes: [{ fields: ['pipelineId'] }] };
}
