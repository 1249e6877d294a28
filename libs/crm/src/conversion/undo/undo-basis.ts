import { deriveId, type Uuid } from '../../kernel/ids.js';
import type { ConversionUndoOutlook } from './undo-outlook.js';
import { type ConversionUndoPlan, type PlannedUndo, UNDO_ORDER } from './undo-plan.js';

/** Names the bases of previews among name-based ids. */
const BASIS_NAMESPACE = 'c1f2a7d4-52d3-5c1e-9a44-8f0f6b1c7e92';

/**
 * What undoing would do, as a fingerprint: equal as long as it would do the same and leaves the same for the same reasons. Where streams
 * stand does not count, nor do ids that every planning makes anew: a note on the lead changes nothing of what was previewed.
 */
export function undoBasis({ plan, conflicts }: ConversionUndoOutlook): Uuid {
  const told = plan.notices.map(({ recipientId }) => recipientId);
  const { conversionId } = plan;
  const targets = UNDO_ORDER.map((type) => withoutPlace(plan, type));
  return deriveId(BASIS_NAMESPACE, JSON.stringify({ conversionId, targets, conflicts, told }));
}

function withoutPlace(
  plan: ConversionUndoPlan,
  type: (typeof UNDO_ORDER)[number],
): PlannedUndo | { readonly action: 'withdraw'; readonly id: Uuid } | null {
  const planned = plan[type];
  if (planned?.action !== 'withdraw') return planned ?? null;
  return { action: planned.action, id: planned.id };
}
