import type { Decider } from '../kernel/decider.js';
import { decideRecord } from '../record/decide-record.js';
import { evolveRecord } from '../record/evolve-record.js';
import type { RecordCommand } from '../record/record-commands.js';
import { type RecordEvent, recordEventDefinitions } from '../record/record-events.js';
import { absentRecord, type RecordState } from '../record/record-state.js';
import { ACCOUNT_FIELDS } from './account-fields.js';

export interface AccountState extends RecordState {
  readonly type: 'account';
}
export type AccountEvent = RecordEvent<'Account'>;

export const ACCOUNT_EVENTS = recordEventDefinitions('Account', ACCOUNT_FIELDS);

/** The rules of an account, a customer organisation (PRODUCT.md P1). */
export const accountDecider: Decider<AccountState, RecordCommand, AccountEvent> = {
  initial: (id) => absentRecord('account', id),
  decide: (state, command, context) =>
    decideRecord(state, command, context) as readonly AccountEvent[],
  evolve: evolveRecord,
};
