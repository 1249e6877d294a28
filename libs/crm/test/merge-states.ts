import { accountDecider } from '../src/account/account.js';
import { contactDecider } from '../src/contact/contact.js';
import type { DecisionContext } from '../src/kernel/decider.js';
import { Refusal } from '../src/kernel/refusal.js';
import { type LeadState, leadDecider } from '../src/lead/lead.js';
import type { MergePlan } from '../src/merging/merge-plan.js';
import type { MergeRequest } from '../src/merging/merge-request.js';
import { type MergeOutlook, planMerge } from '../src/merging/plan-merge.js';
import { type OpportunityState, opportunityDecider } from '../src/opportunity/opportunity.js';
import type { FieldValues } from '../src/record/field.js';
import type { RecordState } from '../src/record/record-state.js';
import { refOf } from '../src/record/record-type.js';
import { contextWith, minutes } from './given.js';

/** The id of the n-th record. */
export function idOf(n: number): string {
  return `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`;
}

type Part = Partial<LeadState> & Partial<OpportunityState>;

function record<State extends RecordState>(
  initial: State,
  n: number,
  fields: FieldValues,
  part: object,
): State {
  return { ...initial, lifecycle: 'live', fields, createdAt: minutes(n), ...part };
}

/** The n-th record, captured at minute n. */
export function lead(n: number, fields: FieldValues = {}, part: Part = {}): LeadState {
  return record(leadDecider.initial(idOf(n)), n, fields, part);
}

export function opportunity(n: number, fields: FieldValues = {}, part: Part = {}) {
  return record(opportunityDecider.initial(idOf(n)), n, fields, part);
}

export function contact(n: number, fields: FieldValues = {}, part: Partial<RecordState> = {}) {
  return record(contactDecider.initial(idOf(n)), n, fields, part);
}

export function account(n: number, fields: FieldValues = {}, part: Partial<RecordState> = {}) {
  return record(accountDecider.initial(idOf(n)), n, fields, part);
}

/** What merging the states would do. */
export function outlookOf(
  states: readonly RecordState[],
  request: Partial<MergeRequest> = {},
  context: Partial<DecisionContext> = {},
  most?: number,
): MergeOutlook {
  const standing = states.map((state, index) => ({ state, revision: index }));
  return planMerge(
    { records: states.map(refOf), ...request },
    standing,
    contextWith(context),
    most,
  );
}

export function planOf(...given: Parameters<typeof outlookOf>): MergePlan {
  const { plan, obstacles } = outlookOf(...given);
  if (!plan) throw obstacles[0] ?? new Error('No plan.');
  return plan;
}

/** The code, the kind and the paths that something is refused with. */
export function refusalOf(act: () => unknown) {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, kind, facts } = error;
    return { code, kind, facts, paths: error.errors.map(({ path }) => path) };
  }
  throw new Error('Expected a refusal.');
}
