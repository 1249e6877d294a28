import { takeBack } from '../../merging/take-back.js';
import { fieldOf } from '../../record/catalogue.js';
import { assigneeOf, type Change, change } from '../../record/change.js';
import type { FieldValue } from '../../record/field.js';
import { fieldValue, type RecordState } from '../../record/record-state.js';
import { type RecordType, refOf } from '../../record/record-type.js';
import type { Settings } from '../../settings/settings.js';
import { keepGone, type PlannedWith } from './plan-withdrawal.js';
import type { Done, UndoTarget } from './undo-found.js';
import type { ConversionUndoConflict, UndoDecision } from './undo-outlook.js';
import type { PlannedReversal } from './undo-plan.js';

type Updated = Extract<Done, { kind: 'updated' }>;

/**
 * Plans how a record that the conversion updated becomes what it was: what the conversion set goes where it still stands; what somebody
 * changed since stays, unless the caller says `revert`.
 */
export function planReversal(
  { state }: UndoTarget,
  did: Updated,
  decision: UndoDecision | undefined,
  settings: Settings,
): PlannedWith {
  if (state.lifecycle !== 'live') return keepGone(state);
  const decide = (field: string) => decisionOn(field, decision);
  const fields = fieldsBack(state, did, decide, settings);
  const owner = ownerBack(state, did, decide);
  const conflicts = [...fields.conflicts, ...owner.conflicts];
  const left = conflicts.filter((conflict) => conflict.decision === 'keep');
  const planned: PlannedReversal = {
    action: 'revert',
    id: state.id,
    changes: fields.changes,
    tags: did.tags.filter((tag) => state.tags.includes(tag)),
    ...(owner.assigned && { assigned: owner.assigned }),
    kept: left.flatMap(({ field }) => field ?? []),
  };
  const record = refOf(state);
  const kept = planned.kept.map((field) => ({
    ...{ record, field },
    ...{ reason: 'changed_since' as const, by: [] },
  }));
  return { planned, kept, conflicts };
}

type Decide = (field: string) => 'keep' | 'revert';

function fieldsBack(state: RecordState, did: Updated, decide: Decide, settings: Settings) {
  const changes: Change[] = [];
  const conflicts: ConversionUndoConflict[] = [];
  for (const { field, from: before, to: after } of did.changes) {
    const current = fieldValue(state, field);
    const type = typeOf(state.type, field, settings);
    const back = takeBack({ before, after, current }, type, settings.phoneRegion);
    if (back.outcome === 'unchanged') continue;
    if (back.outcome === 'reverted') {
      changes.push(change(field, current, back.value));
      continue;
    }
    const decision = decide(field);
    conflicts.push(conflictOf(state, field, { current, converted: after, before }, decision));
    if (decision === 'revert') changes.push(change(field, current, before));
  }
  return { changes, conflicts };
}

/** Who had it before has it again; a team that it got since stays. */
function ownerBack(
  state: RecordState,
  { assigned }: Updated,
  decide: Decide,
): {
  readonly assigned?: PlannedReversal['assigned'];
  readonly conflicts: readonly ConversionUndoConflict[];
} {
  const { ownerId: current, teamId } = state;
  const before = assigned?.from.ownerId;
  const converted = assigned?.to.ownerId;
  if (!assigned || current === before) return { conflicts: [] };
  const back = {
    from: assigneeOf({ ownerId: current, teamId }),
    to: assigneeOf({ ownerId: before, teamId }),
  };
  if (current === converted) return { assigned: back, conflicts: [] };
  const decision = decide('ownerId');
  return {
    ...(decision === 'revert' && { assigned: back }),
    conflicts: [conflictOf(state, 'ownerId', { current, converted, before }, decision)],
  };
}

function decisionOn(field: string, decision: UndoDecision | undefined): 'keep' | 'revert' {
  if (typeof decision === 'object') {
    return Object.hasOwn(decision, field) ? (decision[field] ?? 'keep') : 'keep';
  }
  return decision === 'revert' ? 'revert' : 'keep';
}

function conflictOf(
  state: RecordState,
  field: string,
  values: Readonly<Record<'current' | 'converted' | 'before', FieldValue | undefined>>,
  decision: 'keep' | 'revert',
): ConversionUndoConflict {
  const { current, converted, before } = values;
  const value = {
    field,
    ...(current !== undefined && { current }),
    ...(converted !== undefined && { converted }),
    ...(before !== undefined && { before }),
  };
  return { record: refOf(state), field, values: [value], decision };
}

/** The type by which entries of lists are told apart; a retired definition still says it. */
export function typeOf(type: RecordType, field: string, { customFields }: Settings): string {
  const key = field.startsWith('custom.') ? field.slice('custom.'.length) : undefined;
  if (key === undefined) return fieldOf(type, field)?.type ?? '';
  return customFields.find((one) => one.recordType === type && one.key === key)?.type ?? '';
}
