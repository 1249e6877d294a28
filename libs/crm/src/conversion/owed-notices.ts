import type { DecisionContext } from '../kernel/decider.js';
import { deriveId } from '../kernel/ids.js';
import type { LeadState } from '../lead/lead.js';
import type { ConversionPlan, PlannedNotice } from './conversion-plan.js';

/**
 * The notices that a conversion owes (PRODUCT.md P2, P6): to the owners of what it creates or hands over, and to the
 * lead's owner. Nobody is told of what they did to their own records themselves.
 */
export function owedNotices(
  lead: LeadState,
  {
    contact,
    account,
    opportunity,
    conversionId,
  }: Omit<ConversionPlan, 'notices' | 'definitions' | 'case'>,
  { actor }: DecisionContext,
): readonly PlannedNotice[] {
  const owners = [contact, account, opportunity].flatMap((planned) => {
    if (planned?.action === 'create') return planned.captured.ownerId ?? [];
    return planned?.action === 'update' ? (planned.ownerId ?? []) : [];
  });
  const handedOver = lead.ownerId !== undefined && owners.some((owner) => owner !== lead.ownerId);
  const notice = (recipientId: string, kind: PlannedNotice['kind']): PlannedNotice => ({
    id: deriveId(conversionId, `notice:${recipientId}`),
    recipientId,
    kind,
  });
  const recipients = new Map(owners.map((owner) => [owner, notice(owner, 'conversion-owner')]));
  if (lead.ownerId && !recipients.has(lead.ownerId)) {
    const kind = handedOver ? 'conversion-previous-owner' : 'conversion-owner';
    recipients.set(lead.ownerId, notice(lead.ownerId, kind));
  }
  return [...recipients.values()].filter(
    ({ recipientId }) => handedOver || recipientId !== actor.id,
  );
}
