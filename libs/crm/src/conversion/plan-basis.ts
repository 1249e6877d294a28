import { deriveId } from '../kernel/ids.js';
import { groundOf } from '../merging/merge-basis.js';
import type { ConversionPlan } from './conversion-plan.js';

/** Names the bases of previews among name-based ids. */
const BASIS_NAMESPACE = '4f0c2c9e-6d0b-5a53-8a63-0f6f2b9a7e11';

/**
 * What a plan rests on, as a fingerprint: equal as long as the lead stands where it stood and the plan would do the
 * same to the same records. Ids that every planning makes anew do not count.
 */
export function planBasis(
  lead: { readonly id: string; readonly revision: number },
  plan: ConversionPlan,
): string {
  const { conversionId, contact, account, opportunity, merge, notices, ...rest } = plan;
  const text = JSON.stringify({
    lead,
    contact,
    account,
    opportunity,
    ...(merge && { merge: groundOf(merge.survivor, merge.plan) }),
    ...rest,
    notices: notices.map(({ recipientId, kind }) => ({ recipientId, kind })),
  });
  const made = [contact, account, opportunity].flatMap((planned) =>
    planned?.action === 'create' ? [planned.id] : [],
  );
  const anonymous = [conversionId, ...made].reduce(
    (current, id, index) => current.replaceAll(id, `#${index}`),
    text,
  );
  return deriveId(BASIS_NAMESPACE, anonymous);
}
