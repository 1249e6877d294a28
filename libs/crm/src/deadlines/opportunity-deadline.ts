import type { DomainEvent, Happened } from '../kernel/event.js';
import { later } from '../kernel/instant.js';
import { fieldValue } from '../record/record-state.js';
import type { OverdueEntry } from '../settings/overdue/overdue-policy.js';
import type { Settings } from '../settings/settings.js';
import type { StagedState } from '../stages/staged-state.js';
import type { CountdownCause, Due, Timed } from './deadline.js';
import { withCountdown } from './evolve-deadline.js';
import { type DeadlineRules, followDeadline } from './follow-deadline.js';
import { addWorkingTime } from './working-time.js';

type Opportunity = StagedState & Timed;

/** Counts from the assignment and again from each step (PRODUCT.md P6), by whatever event it came. */
export function countOpportunity<State extends Opportunity>(
  before: State,
  after: State,
  event: Happened<DomainEvent>,
): State {
  return withCountdown(after, counts(after), causeOf(before, after), event);
}

/** It is open, and somebody's to work on. */
function counts({ lifecycle, outcome, ownerId, teamId }: Opportunity): boolean {
  return lifecycle === 'live' && outcome === 'open' && (ownerId ?? teamId) !== undefined;
}

function causeOf(before: Opportunity, after: Opportunity): CountdownCause | undefined {
  const { lifecycle, outcome } = before;
  const wasClosed = (lifecycle !== 'live' && lifecycle !== 'absent') || outcome !== 'open';
  if (wasClosed) return 'resumption';
  if (before.ownerId !== after.ownerId || before.teamId !== after.teamId) return 'assignment';
  const isSameStep =
    before.pipelineId === after.pipelineId &&
    before.stageId === after.stageId &&
    fieldValue(before, 'processingStep') === fieldValue(after, 'processingStep');
  return isSameStep ? undefined : 'step';
}

/** What the policy says of an opportunity: the first entry of which all parts that it names are the opportunity's. */
function dueOfOpportunity(
  state: Opportunity,
  { overduePolicy, calendars }: Settings,
): Due | undefined {
  const { countdown } = state;
  const entry = overduePolicy.entries.find((one) => appliesTo(one, state));
  if (!countdown || !entry) return undefined;
  const { id: entryId, allowedMinutes, calendarId, repeatHours } = entry;
  const calendar = calendars.find(({ id }) => id === calendarId);
  const dueAt = calendar
    ? addWorkingTime(countdown.startedAt, allowedMinutes, calendar)
    : later(countdown.startedAt, allowedMinutes * 60_000);
  if (dueAt === undefined) return undefined;
  return { dueAt, entryId, ...(repeatHours !== undefined && { repeatHours }) };
}

function appliesTo(entry: OverdueEntry, state: Opportunity): boolean {
  const isOf = (wanted: string | undefined, value: unknown) =>
    wanted === undefined || wanted === value;
  return (
    isOf(entry.pipelineId, state.pipelineId) &&
    isOf(entry.processingStep, fieldValue(state, 'processingStep')) &&
    isOf(entry.priority, fieldValue(state, 'priority'))
  );
}

const RULES: DeadlineRules<Opportunity, 'Opportunity'> = {
  name: 'Opportunity',
  dueOf: dueOfOpportunity,
  assigneeOf: ({ ownerId, teamId }) => ({
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
  }),
  isAnotherMatter: (before, after) =>
    fieldValue(before, 'priority') !== fieldValue(after, 'priority'),
};

export const opportunityDeadlines = followDeadline(RULES);
