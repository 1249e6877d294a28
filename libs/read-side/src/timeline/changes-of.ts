import type { CapturedData, Change, FieldValue, MergePlan, RecordRef, StagePlace } from '#crm';
import type { Logged } from '#event-store';
import { recordNameIn } from './phrases/phrases.js';

/** A changed value; `as` is what to look its name up by when that is not the value itself. */
export type ChangedValue = Change & {
  /** Of a merge: from whom the value is. */
  readonly sources?: readonly RecordRef[];
  readonly fromAs?: string;
  readonly toAs?: string;
};

/** Old and new values of an event, whatever it calls them. */
export function changesOf({ type, data }: Logged): readonly ChangedValue[] {
  const name = recordNameIn(type);
  switch (name ? type.slice(name.length) : type) {
    case 'Captured':
      return capturedValues(data as CapturedData);
    case 'Edited':
    case 'ActivityEdited':
      return (data as { readonly changes?: readonly Change[] }).changes ?? [];
    case 'RecordsMerged':
    case 'MergeUndone':
    case 'MergeReverted':
      return mergedValues(data as Partial<MergePlan>);
    case 'Assigned': {
      const { from, to } = data as Sides<Readonly<Record<string, string>>>;
      return ['ownerId', 'teamId'].flatMap((field) => moved(field, from?.[field], to?.[field]));
    }
    case 'StageChanged': {
      const { from, to } = data as Sides<StagePlace>;
      const as = { fromAs: placeId(from), toAs: placeId(to) };
      return moved('stageId', from?.stageId, to?.stageId).map((change) => ({ ...change, ...as }));
    }
    case 'Lost':
      return moved('lostReason', undefined, (data as { readonly reason?: string }).reason);
    case 'ActivityRescheduled': {
      const { from, to } = data as Sides<string>;
      return moved('dueAt', from, to);
    }
    case 'ActivityAssigned': {
      const { from, to } = data as Sides<string>;
      return moved('assigneeId', from, to);
    }
    default:
      return [];
  }
}

interface Sides<Side> {
  readonly from?: Side;
  readonly to?: Side;
}

function capturedValues({ fields = {}, custom = {} }: CapturedData): readonly Change[] {
  return [
    ...Object.entries(fields).map(([field, to]) => ({ field, to })),
    ...Object.entries(custom).map(([key, to]) => ({ field: `custom.${key}`, to })),
  ];
}

/** What a merge or its undoing changed, whose the record became included. */
function mergedValues({ changes = [], assigned }: Partial<MergePlan>): readonly ChangedValue[] {
  return [
    ...changes,
    ...(['ownerId', 'teamId'] as const).flatMap((field) =>
      moved(field, assigned?.from[field], assigned?.to[field]),
    ),
  ];
}

function moved(
  field: string,
  from: FieldValue | undefined,
  to: FieldValue | undefined,
): readonly Change[] {
  if (from === to) return [];
  return [{ field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
}

function placeId(place: StagePlace | undefined): string | undefined {
  return place && `${place.pipelineId}/${place.stageId}`;
}
