import type { AccountState } from '../account/account.js';
import type { ContactState } from '../contact/contact.js';
import type { LeadState } from '../lead/lead.js';
import type { ConversionSummary } from '../lead/lead-conversions.js';
import type { OpportunityState } from '../opportunity/opportunity.js';

/** A record as its stream has it. */
export type Confirmed<State> = { readonly state: State; readonly revision: number };

/**
 * The existing records that a plan may take into account: live, and such that the caller may edit them; others neither
 * match nor leak (PRODUCT.md P2). The finder looks them up by match key and confirms each against its stream.
 */
export type Found = {
  /** With the lead's personal e-mail among theirs, oldest first. */
  readonly contactsByEmail: readonly Confirmed<ContactState>[];
  /** With the lead's family and given names; looked for when there is no organisation. */
  readonly contactsByName: readonly Confirmed<ContactState>[];
  /** With the lead's organisation as their name. */
  readonly accountsByName: readonly Confirmed<AccountState>[];
  /** Other open leads and opportunities with the lead's personal e-mail, oldest first; not those that came from the lead. */
  readonly salesByEmail: readonly Confirmed<LeadState | OpportunityState>[];
  /** The lead or opportunity that the caller named to merge with, if the caller may edit it. */
  readonly chosenSale?: Confirmed<LeadState | OpportunityState>;
  /** The contact that the caller named, if the caller may edit it. */
  readonly chosenContact?: Confirmed<ContactState>;
  /** The account that the caller named, if the caller may edit it. */
  readonly chosenAccount?: Confirmed<AccountState>;
  /** The accounts of the contacts found or chosen, by id, as far as the caller may edit them. */
  readonly accountsOfContacts: ReadonlyMap<string, Confirmed<AccountState>>;
  /** Conversions of leads that were merged into the lead. */
  readonly conversionsBehind: readonly ConversionSummary[];
};

/** Nothing exists. */
export const NOTHING_FOUND: Found = {
  contactsByEmail: [],
  contactsByName: [],
  accountsByName: [],
  salesByEmail: [],
  accountsOfContacts: new Map(),
  conversionsBehind: [],
};
