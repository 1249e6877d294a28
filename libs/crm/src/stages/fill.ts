import type { DecisionContext } from '../kernel/decider.js';
import { applyChanges } from '../record/apply-changes.js';
import { decideRecord } from '../record/decide-record.js';
import type { RecordEvent } from '../record/record-events.js';
import type { WithValues } from './staged-commands.js';
import type { StagedState } from './staged-state.js';

/** A record with the values that a command brings along, and the edit that puts them there. */
export interface Filled<State extends StagedState> {
  readonly filled: State;
  readonly edits: readonly RecordEvent[];
}

/**
 * Edits what comes with a change of stage or outcome, so that what the stage requires can be supplied with the move itself.
 * @throws Refusal as an edit does
 */
export function fill<State extends StagedState>(
  state: State,
  { fields = {}, custom = {} }: WithValues,
  context: DecisionContext,
): Filled<State> {
  const edits = decideRecord(state, { kind: 'edit', fields, custom }, context);
  const changes = edits.flatMap(({ data }) => ('changes' in data ? data.changes : []));
  return { filled: { ...state, ...applyChanges(state, changes) }, edits };
}
