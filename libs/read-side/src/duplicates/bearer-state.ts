import {
  deciderOf,
  type FieldValue,
  type FieldValues,
  type Happened,
  type RecordState,
  type RecordType,
} from '#crm';
import { MATCHED_FIELDS } from './bearer-document.js';

/** What of the domain's state of a record matters to who may be the same. */
export type KeptState = Pick<
  RecordState,
  | 'lifecycle'
  | 'fields'
  | 'custom'
  | 'ownerId'
  | 'teamId'
  | 'createdAt'
  | 'createdBy'
  | 'mergedInto'
>;

/** States to fold onto: all but what is kept is as of a record that is not there, for nothing of it shows. */
export const BLANK: Readonly<Record<RecordType, RecordState>> = {
  lead: blank(deciderOf('lead').initial('')),
  opportunity: blank(deciderOf('opportunity').initial('')),
  contact: blank(deciderOf('contact').initial('')),
  account: blank(deciderOf('account').initial('')),
};

/** With all that is kept: a member that comes to be only when it is folded onto makes folding a fifth slower. */
function blank(state: RecordState): RecordState {
  return { ...state, mergedInto: undefined };
}

/** What the domain makes of an event, as far as that follows from what is kept. */
export function stateAfter(
  type: RecordType,
  id: string,
  kept: KeptState,
  event: Happened,
): RecordState {
  return deciderOf(type).evolve({ ...BLANK[type], ...kept, id }, event);
}

/** What is kept of a state. Values that are as before are the same objects. */
export function keptOf(after: RecordState, before: KeptState): KeptState {
  const { lifecycle, custom, ownerId, teamId, createdAt, createdBy } = after;
  const fields = after.fields === before.fields ? before.fields : matched(after.fields);
  const mergedInto = lifecycle === 'merged' ? after.mergedInto : undefined;
  return { lifecycle, fields, custom, ownerId, teamId, createdAt, createdBy, mergedInto };
}

function matched(fields: FieldValues): FieldValues {
  const some: Record<string, FieldValue> = {};
  for (const name of MATCHED_FIELDS) {
    const value = fields[name];
    if (value !== undefined) some[name] = value;
  }
  return some;
}
