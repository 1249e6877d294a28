import {
  type AccountState,
  type Confirmed,
  type ContactState,
  type ConversionRequest,
  emailKey,
  type Found,
  isEmptyValue,
  keyText,
  type LeadState,
  type MatchKey,
  matchKeys,
  organisationKey,
  personNameKey,
  type Settings,
  type Uuid,
} from '#crm';
import type { EventLog } from '#event-store';
import type { Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { recordTarget } from '../records/record-target.js';
import type { CandidateFinder } from './candidate-finder.port.js';

export interface FindExisting {
  readonly log: EventLog;
  readonly executor: Executor;
  readonly finder: CandidateFinder;
}

/** The keys by which a lead's conversion looks for what exists (PRODUCT.md P2: the personal e-mail only). */
export function conversionKeys({ fields }: LeadState): {
  readonly email?: MatchKey;
  readonly name?: MatchKey;
  readonly organisation?: MatchKey;
} {
  const key = (kind: MatchKey['kind'], value: string | undefined) =>
    value === undefined ? undefined : ({ kind, value, strength: 'strong' } as const);
  const email = key('email', emailKey(text(fields.email)));
  const name = key('name', personNameKey(text(fields.familyName), text(fields.givenName)));
  const organisation = key('organisation', organisationKey(text(fields.organisation)));
  return { ...(email && { email }), ...(name && { name }), ...(organisation && { organisation }) };
}

/** Looks up what a conversion of the lead may update, as of everything acknowledged before the call. */
export async function findExisting(
  lead: LeadState,
  request: ConversionRequest,
  envelope: Envelope,
  settings: Settings,
  { log, executor, finder }: FindExisting,
): Promise<Found> {
  const upTo = await log.head();
  const keys = conversionKeys(lead);
  const confirm = async <State extends ContactState | AccountState>(
    type: State['type'],
    ids: readonly Uuid[],
  ): Promise<readonly Confirmed<State>[]> => {
    const loaded = await Promise.all(ids.map((id) => executor.load(recordTarget(type, id))));
    return loaded.filter(
      ({ state }) => state.lifecycle === 'live' && envelope.authority.may('edit', state),
    ) as unknown as readonly Confirmed<State>[];
  };
  const matching = async <State extends ContactState | AccountState>(
    type: State['type'],
    key: MatchKey | undefined,
  ): Promise<readonly Confirmed<State>[]> => {
    if (!key) return [];
    const wanted = keyText(key);
    const found = await confirm<State>(type, await finder.find(type, [wanted], upTo));
    return found
      .filter(({ state }) =>
        matchKeys(type, state, settings).some((one) => keyText(one) === wanted),
      )
      .sort((left, right) => inOrderOfCreation(left.state, right.state));
  };
  const chosen = async <State extends ContactState | AccountState>(
    type: State['type'],
    id: Uuid | undefined,
  ) => (id === undefined ? undefined : (await confirm<State>(type, [id]))[0]);

  const byName = isEmptyValue(lead.fields.organisation) ? keys.name : undefined;
  const [contactsByEmail, contactsByName, accountsByName, chosenContact, chosenAccount] =
    await Promise.all([
      matching<ContactState>('contact', keys.email),
      matching<ContactState>('contact', byName),
      matching<AccountState>('account', keys.organisation),
      chosen<ContactState>('contact', request.contact?.id),
      chosen<AccountState>('account', request.account?.id),
    ]);
  const contacts = [
    ...contactsByEmail,
    ...contactsByName,
    ...(chosenContact ? [chosenContact] : []),
  ];
  const accountIds = contacts.flatMap(({ state }) => text(state.fields.accountId) || []);
  const accounts = await confirm<AccountState>('account', [...new Set(accountIds)]);
  return {
    contactsByEmail,
    contactsByName,
    accountsByName,
    ...(chosenContact && { chosenContact }),
    ...(chosenAccount && { chosenAccount }),
    accountsOfContacts: new Map(accounts.map((account) => [account.state.id, account])),
  };
}

function inOrderOfCreation(
  left: { readonly createdAt: string; readonly id: string },
  right: { readonly createdAt: string; readonly id: string },
): number {
  return left.createdAt.localeCompare(right.createdAt) || left.id.localeCompare(right.id);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
