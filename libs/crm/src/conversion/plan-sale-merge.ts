import type { DecisionContext } from '../kernel/decider.js';
import { Refusal } from '../kernel/refusal.js';
import type { LeadState } from '../lead/lead.js';
import { planMerge } from '../merging/plan-merge.js';
import { isEmptyValue } from '../record/field.js';
import { refOf } from '../record/record-type.js';
import { brokenRule } from '../record/values/input-reading.js';
import type { ConversionPlan, PlannedMerge } from './conversion-plan.js';
import type { OpportunityChoice } from './conversion-request.js';
import type { Confirmed, Found } from './found.js';

/**
 * Plans the merge of the lead with the lead or opportunity that the caller names, or the only one with its e-mail (PRODUCT.md P2).
 * @throws Refusal `choice_needed` with `candidates` (409), `unknown_merge_target` (422), and those of merging
 */
export function planSaleMerge(
  lead: Confirmed<LeadState>,
  choice: OpportunityChoice | undefined,
  found: Found,
  context: DecisionContext,
): PlannedMerge | undefined {
  if (choice?.action !== 'merge') return undefined;
  const other = choice.into ? found.chosenSale : onlyOne(found);
  if (!other) {
    throw brokenRule('unknown_merge_target', 'opportunity.into', 'There is no such record.');
  }
  const request = {
    records: [refOf(lead.state), refOf(other.state)],
    ...(choice.survivor && { survivor: choice.survivor }),
  };
  const { survivor, plan, obstacles } = planMerge(request, [lead, other], context);
  if (!plan) throw obstacles[0] ?? brokenRule('unknown_merge_target', 'opportunity.into', '');
  return { survivor: refOf(survivor), plan };
}

function onlyOne({ salesByEmail }: Found): Found['salesByEmail'][number] | undefined {
  const [only, ...others] = salesByEmail;
  if (others.length === 0) return only;
  throw new Refusal('conflict', 'choice_needed', 'Several records have the e-mail: choose one.', {
    errors: [{ path: 'opportunity.into', code: 'required', message: 'Choose one of several.' }],
    facts: { candidates: salesByEmail.map(({ state }) => refOf(state)) },
  });
}

/** The merge with the links that a new opportunity would have got: to the contact and account, where the survivor has none. */
export function withLinks(
  merge: PlannedMerge,
  { contact, account }: Pick<ConversionPlan, 'contact' | 'account'>,
  { state: lead }: Confirmed<LeadState>,
  found: Found,
): PlannedMerge {
  const { survivor, plan } = merge;
  if (survivor.type !== 'opportunity') return merge;
  const sales = [...found.salesByEmail, ...(found.chosenSale ? [found.chosenSale] : [])];
  const fields = sales.find(({ state }) => state.id === survivor.id)?.state.fields ?? {};
  const links = [
    { field: 'contactId', to: contact?.id },
    { field: 'accountId', to: account?.id },
  ].flatMap(({ field, to }) =>
    to !== undefined && isEmptyValue(fields[field]) ? [{ field, to, sources: [refOf(lead)] }] : [],
  );
  return { survivor, plan: { ...plan, changes: [...plan.changes, ...links] } };
}
