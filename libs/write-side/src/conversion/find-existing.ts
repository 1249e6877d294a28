import {
  type AccountState,
  type Confirmed,
  type ContactState,
  type ConversionRequest,
  checkedAt,
  emailKey,
  type Found,
  isEmptyValue,
  keyText,
  type LeadState,
  leadsAmong,
  type MatchKey,
  type OpportunityState,
  organisationKey,
  personNameKey,
  requireLive,
  type Settings,
  type Uuid,
} from '#crm';
import type { EventLog } from '#event-store';
import type { Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { recordTarget } from '../records/record-target.js';
import type { CandidateFinder } from './candidate-finder.port.js';
import { confirmBearers } from './confirm-bearers.js';

type Existing = ContactState | AccountState | LeadState | OpportunityState;

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

/**
 * Looks up what a conversion of the lead may update, as of everything acknowledged before the call. Without `sales`, leads and
 * opportunities that it could be merged with only when the request leaves it to be found with which.
 * @throws Refusal `record_merged` (409) when the request names a record that was merged away
 */
export async function findExisting(
  lead: LeadState,
  request: ConversionRequest,
  envelope: Envelope,
  settings: Settings,
  { log, executor, finder }: FindExisting,
  { sales: lookForSales = true } = {},
): Promise<Found> {
  const upTo = await log.head();
  const keys = conversionKeys(lead);
  const mayEdit = ({ state }: Confirmed<Existing>) => envelope.authority.may('edit', state);
  const confirm = async <State extends Existing>(
    type: State['type'],
    ids: readonly Uuid[],
  ): Promise<readonly Confirmed<State>[]> => {
    const loaded = await Promise.all(ids.map((id) => executor.load(recordTarget(type, id))));
    const live = loaded.filter(({ state }) => state.lifecycle === 'live');
    return live.filter(mayEdit) as unknown as readonly Confirmed<State>[];
  };
  const matching = async <State extends Existing>(
    type: State['type'],
    key: MatchKey | undefined,
  ): Promise<readonly Confirmed<State>[]> => {
    if (!key) return [];
    const found = await finder.find(type, [keyText(key)], upTo);
    const live = await confirmBearers(executor, type, found, key, settings);
    return (live.filter(mayEdit) as unknown as readonly Confirmed<State>[]).toSorted(
      (left, right) => inOrderOfCreation(left.state, right.state),
    );
  };
  const chosen = async <State extends Existing>(
    type: State['type'],
    id: Uuid | undefined,
    path: string,
  ): Promise<Confirmed<State> | undefined> => {
    if (id === undefined) return undefined;
    const loaded = await executor.load(recordTarget(type, id));
    if (!mayEdit(loaded)) return undefined;
    // So that the caller can choose what stands for it.
    if (loaded.state.lifecycle === 'merged') checkedAt(path, () => requireLive(loaded.state));
    return loaded.state.lifecycle === 'live' ? (loaded as unknown as Confirmed<State>) : undefined;
  };

  const byName = isEmptyValue(lead.fields.organisation) ? keys.name : undefined;
  const { action, into } = request.opportunity ?? {};
  // What shares the e-mail of a form that many fill in is much to read: only for who asks for it.
  const saleKey = lookForSales || (action === 'merge' && !into) ? keys.email : undefined;
  const [
    contactsByEmail,
    contactsByName,
    accountsByName,
    leads,
    opportunities,
    chosenContact,
    chosenAccount,
    chosenSale,
  ] = await Promise.all([
    matching<ContactState>('contact', keys.email),
    matching<ContactState>('contact', byName),
    matching<AccountState>('account', keys.organisation),
    matching<LeadState>('lead', saleKey),
    matching<OpportunityState>('opportunity', saleKey),
    chosen<ContactState>('contact', request.contact?.id, 'contact.id'),
    chosen<AccountState>('account', request.account?.id, 'account.id'),
    into &&
      chosen<LeadState | OpportunityState>(
        into.type as 'lead' | 'opportunity',
        into.id,
        'opportunity.into',
      ),
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
    salesByEmail: salesBeside(lead, [...leads, ...opportunities]),
    ...(chosenSale && { chosenSale }),
    ...(chosenContact && { chosenContact }),
    ...(chosenAccount && { chosenAccount }),
    accountsOfContacts: new Map(accounts.map((account) => [account.state.id, account])),
    conversionsBehind: await conversionsBehind(lead, executor),
  };
}

/** What became of the leads that were merged into this one. */
async function conversionsBehind(
  { absorbed }: LeadState,
  executor: Executor,
): Promise<Found['conversionsBehind']> {
  const leads = await Promise.all(
    leadsAmong(absorbed).map(({ id }) => executor.load(recordTarget('lead', id), { cached: true })),
  );
  return leads.flatMap(({ state }) => (state as LeadState).conversions);
}

/** Those that are open, and neither the lead itself nor what came from it. */
function salesBeside(lead: LeadState, sales: Found['salesByEmail']): Found['salesByEmail'] {
  return sales
    .filter(({ state }) => state.id !== lead.id && state.outcome === 'open')
    .filter(({ state }) => !state.origins.some(({ id }) => id === lead.id))
    .sort((left, right) => inOrderOfCreation(left.state, right.state));
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
