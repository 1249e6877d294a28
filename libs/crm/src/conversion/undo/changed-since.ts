import { type FieldValue, sameValue } from '../../record/field.js';
import type { CapturedData } from '../../record/record-events.js';
import type { RecordState } from '../../record/record-state.js';
import { isStaged } from '../../stages/staged-state.js';
import type { ChangedValue } from './undo-outlook.js';

/** Everything about a record that a conversion created which is not as the conversion made it. */
export function changedSince(state: RecordState, captured: CapturedData): readonly ChangedValue[] {
  const { ownerId, teamId, pipelineId, stageId } = captured;
  return [
    ...differences(captured.fields ?? {}, state.fields, ''),
    ...differences(captured.custom ?? {}, state.custom, 'custom.'),
    ...difference('tags', sorted(captured.tags), sorted(state.tags)),
    ...difference('ownerId', ownerId, state.ownerId),
    ...difference('teamId', teamId, state.teamId),
    ...(isStaged(state)
      ? [
          ...difference('pipelineId', pipelineId, state.pipelineId),
          ...difference('stageId', stageId, state.stageId),
          ...difference('status', 'open', state.outcome),
        ]
      : []),
  ];
}

/** Tags have no order. */
function sorted(tags: readonly string[]): readonly string[] {
  return [...tags].sort();
}

function differences(
  converted: Readonly<Record<string, FieldValue>>,
  current: Readonly<Record<string, FieldValue>>,
  prefix: string,
): readonly ChangedValue[] {
  const names = new Set([...Object.keys(converted), ...Object.keys(current)]);
  return [...names].flatMap((name) =>
    difference(`${prefix}${name}`, converted[name], current[name]),
  );
}

function difference(
  field: string,
  converted: FieldValue | undefined,
  current: FieldValue | undefined,
): readonly ChangedValue[] {
  if (sameValue(converted, current)) return [];
  return [
    {
      field,
      ...(current !== undefined && { current }),
      ...(converted !== undefined && { converted }),
    },
  ];
}
