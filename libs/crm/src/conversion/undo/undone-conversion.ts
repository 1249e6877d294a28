import type { EventMetadata } from '../../kernel/event.js';
import type { Instant, Uuid } from '../../kernel/ids.js';
import type { TargetType } from '../target-type.js';
import {
  type ConversionUndoPlan,
  type KeptReason,
  type PlannedUndo,
  UNDO_ORDER,
} from './undo-plan.js';

/** What became of one record when the conversion was undone. */
export type UndoneTarget = {
  readonly action: 'withdraw' | 'revert' | 'keep';
  /** Why it was kept. */
  readonly reasons?: readonly KeptReason[];
  /** Fields that were not taken back, because somebody changed them since. */
  readonly kept?: readonly string[];
};

/** That a conversion was undone, and what came of it. */
export type UndoneSummary = {
  readonly undoId: Uuid;
  readonly at: Instant;
  readonly by: Uuid;
  readonly contact?: UndoneTarget;
  readonly account?: UndoneTarget;
  readonly opportunity?: UndoneTarget;
  /** False while effects may still be missing. */
  readonly completed: boolean;
};

/** The undoing as its commit tells it. */
export function undoneBy(
  plan: ConversionUndoPlan,
  { actor, occurredAt }: Pick<EventMetadata, 'actor' | 'occurredAt'>,
): UndoneSummary {
  const targets = UNDO_ORDER.flatMap((type) => {
    const planned = plan[type];
    return planned ? [[type, brief(planned)] as const] : [];
  });
  return {
    undoId: plan.undoId,
    at: occurredAt,
    by: actor.id,
    ...Object.fromEntries(targets),
    completed: false,
  };
}

/** The undoing once it is carried out; `left` were to be withdrawn, but were changed or used in between. */
export function undoneExcept(undone: UndoneSummary, left: readonly TargetType[]): UndoneSummary {
  const kept: UndoneTarget = { action: 'keep', reasons: ['changed_meanwhile'] };
  return {
    ...undone,
    ...Object.fromEntries(left.map((type) => [type, kept])),
    completed: true,
  };
}

function brief(planned: PlannedUndo): UndoneTarget {
  switch (planned.action) {
    case 'withdraw':
      return { action: 'withdraw' };
    case 'revert':
      return {
        action: 'revert',
        ...(planned.kept.length > 0 && { kept: planned.kept }),
      };
    case 'keep':
      return { action: 'keep', reasons: planned.reasons };
  }
}
