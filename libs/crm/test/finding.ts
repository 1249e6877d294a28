import type { AccountState } from '../src/account/account.js';
import type { ContactState } from '../src/contact/contact.js';
import type { ConversionRequest } from '../src/conversion/conversion-request.js';
import type { Confirmed, Found } from '../src/conversion/found.js';
import type { TargetType } from '../src/conversion/target-type.js';
import type { Use } from '../src/conversion/undo/undo-found.js';
import type { Happened } from '../src/kernel/event.js';
import type { Uuid } from '../src/kernel/ids.js';
import type { LeadState } from '../src/lead/lead.js';
import type { RecordState } from '../src/record/record-state.js';
import type { RecordType } from '../src/record/record-type.js';

/** A record in memory. */
export interface Stream {
  readonly type: RecordType;
  readonly id: Uuid;
  state: RecordState;
  readonly events: Happened[];
}

type Streams = ReadonlyMap<Uuid, Stream>;

function live<State>(
  streams: Streams,
  type: RecordType,
  matches: (state: RecordState) => boolean,
): readonly Confirmed<State>[] {
  return [...streams.values()]
    .filter((one) => one.type === type && one.state.lifecycle === 'live' && matches(one.state))
    .map(({ state, events }) => ({ state: state as State, revision: events.length - 1 }));
}

/** What a conversion of the lead would find. */
export function existing(
  { fields }: LeadState,
  { contact, account }: ConversionRequest,
  streams: Streams,
): Found {
  const { email, familyName, givenName, organisation } = fields;
  const contacts = (matches: (state: RecordState) => boolean) =>
    live<ContactState>(streams, 'contact', matches);
  const accounts = (matches: (state: RecordState) => boolean) =>
    live<AccountState>(streams, 'account', matches);
  const [chosenContact] = contacts(({ id }) => id === contact?.id);
  const [chosenAccount] = accounts(({ id }) => id === account?.id);
  const alike = (state: RecordState) =>
    state.fields.familyName === familyName && state.fields.givenName === givenName;
  return {
    contactsByEmail: email ? contacts((one) => one.fields.email === email) : [],
    contactsByName: organisation ? [] : contacts(alike),
    accountsByName: organisation ? accounts((one) => one.fields.name === organisation) : [],
    ...(chosenContact && { chosenContact }),
    ...(chosenAccount && { chosenAccount }),
    salesByEmail: [],
    accountsOfContacts: new Map(accounts(() => true).map((one) => [one.state.id, one])),
    conversionsBehind: [],
  };
}

/** What makes use of a record that a conversion created. */
export function usesOf(record: RecordState, conversionId: Uuid, streams: Streams): readonly Use[] {
  const all = [...streams.values()];
  const pointing = all.filter(
    ({ state }) => state.lifecycle === 'live' && state.fields[`${record.type}Id`] === record.id,
  );
  const others = all.filter(({ state }) =>
    ((state as LeadState).conversions ?? []).some(
      (one) =>
        one.id !== conversionId &&
        !one.undone &&
        one[`${record.type as TargetType}Id`] === record.id,
    ),
  );
  const use =
    (reason: Use['reason']) =>
    ({ type, id }: Stream): Use => ({
      ...{ reason, by: { type, id }, visible: true },
    });
  return [...pointing.map(use('referred_to')), ...others.map(use('other_conversion'))];
}
