import type { Decider } from '../kernel/decider.js';
import { decideRecord } from '../record/decide-record.js';
import { evolveRecord } from '../record/evolve-record.js';
import type { RecordCommand } from '../record/record-commands.js';
import { type RecordEvent, recordEventDefinitions } from '../record/record-events.js';
import { absentRecord, type RecordState } from '../record/record-state.js';
import { CONTACT_FIELDS } from './contact-fields.js';

export interface ContactState extends RecordState {
  readonly type: 'contact';
}
export type ContactEvent = RecordEvent<'Contact'>;

export const CONTACT_EVENTS = recordEventDefinitions('Contact', CONTACT_FIELDS);

/** The rules of a contact (PRODUCT.md P1). */
export const contactDecider: Decider<ContactState, RecordCommand, ContactEvent> = {
  initial: (id) => absentRecord('contact', id),
  decide: (state, command, context) =>
    decideRecord(state, command, context) as readonly ContactEvent[],
  evolve: evolveRecord,
};
