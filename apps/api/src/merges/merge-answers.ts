import {
  type FieldValue,
  type LostValue,
  type MergeChange,
  type MergePlan,
  type RecordRef,
  type RecordState,
  refOf,
} from '#crm';
import type { CommandResult, MergePreview, MergeResult } from '#write-side';
import { type ToldObstacle, toldObstacles } from '../http/told-obstacles.js';

type Participant = RecordRef & Pick<RecordState, 'createdAt' | 'ownerId' | 'teamId'>;

/** A field with what every record has in it, and what it would come to. */
interface ToldField {
  readonly field: string;
  /** How it comes about: `first`, `own`, `one-currency`, `united`, `united-emails`, `joined`, `highest`. */
  readonly rule: string;
  readonly candidates: readonly { readonly record: RecordRef; readonly value: FieldValue }[];
  readonly value?: FieldValue;
  readonly sources: readonly RecordRef[];
  readonly chosen: boolean;
}

/** A preview as callers see it. */
export interface MergePreviewAnswer {
  readonly survivor: Participant;
  readonly policy: MergePlan['policy'];
  readonly mergedAway: readonly Participant[];
  readonly fields: readonly ToldField[];
  readonly tags: readonly string[];
  readonly assigned?: MergePlan['assigned'];
  readonly lost: readonly LostValue[];
  readonly definitions: MergePlan['definitions'];
  readonly notified: readonly string[];
  readonly obstacles: readonly ToldObstacle[];
  readonly basis?: string;
}

/** What a caller is told of a preview. */
export function mergePreviewAnswer(preview: MergePreview): MergePreviewAnswer {
  const { survivor, policy, mergedAway, fields, tags, lost, definitions, obstacles } = preview;
  const { plan, basis } = preview;
  return {
    survivor: participant(survivor),
    policy,
    mergedAway: mergedAway.map(participant),
    fields: fields
      .filter(({ candidates, value }) => candidates.length > 0 || value !== undefined)
      .map(({ field, definition, candidates, value, sources, chosen }) => ({
        field,
        rule: definition.rule,
        candidates: candidates.map(({ record, value }) => ({ record, value })),
        ...(value !== undefined && { value }),
        sources,
        chosen,
      })),
    tags,
    ...(plan?.assigned && { assigned: plan.assigned }),
    lost,
    definitions,
    notified: plan?.notices.map(({ recipientId }) => recipientId) ?? [],
    obstacles: toldObstacles(obstacles),
    ...(basis !== undefined && { basis }),
  };
}

function participant(state: RecordState): Participant {
  const { createdAt, ownerId, teamId } = state;
  return { ...refOf(state), createdAt, ...(ownerId && { ownerId }), ...(teamId && { teamId }) };
}

export interface MergeAnswer extends CommandResult {
  readonly survivor: RecordRef;
  readonly mergedAway: readonly RecordRef[];
  readonly changes: readonly MergeChange[];
  readonly tags: readonly string[];
  readonly lost: readonly LostValue[];
  /** How many there are beside those told; each is in the history of the record it was in. */
  readonly unlistedLost?: number;
}

/** What a caller is told of a merge. */
export function mergeAnswer({ id, revision, position, survivor, plan }: MergeResult): MergeAnswer {
  const { records, changes, tags, lost, unlistedLost } = plan;
  return {
    ...{ id, revision, position, survivor },
    mergedAway: records.map(refOf),
    ...{ changes, tags, lost },
    ...(unlistedLost !== undefined && { unlistedLost }),
  };
}
