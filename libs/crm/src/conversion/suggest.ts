import type { LeadState } from '../lead/lead.js';
import { isEmptyValue } from '../record/field.js';
import { type RecordRef, refOf } from '../record/record-type.js';
import type { ConversionCase } from './conversion-plan.js';
import type { Found } from './found.js';

/** What is proposed for one target. `choose` lists candidates of which the caller must take one. */
export type Suggestion =
  | { readonly action: 'create' }
  | { readonly action: 'none' }
  | { readonly action: 'update'; readonly id: string }
  | { readonly action: 'link'; readonly id: string }
  | { readonly action: 'choose'; readonly candidates: readonly string[] };

export type Suggestions = {
  readonly case: ConversionCase;
  readonly contact: Suggestion;
  readonly account: Suggestion;
  readonly opportunity: SaleSuggestion;
};

/**
 * Whether to merge with another lead or opportunity of the same e-mail (PRODUCT.md P2): into the first-created opportunity, or the
 * first-created lead. The user may still choose a plain conversion.
 */
export type SaleSuggestion =
  | { readonly action: 'none' }
  | {
      readonly action: 'merge';
      readonly into: RecordRef;
      readonly candidates: readonly RecordRef[];
    };

/** PRODUCT.md P2's table. */
export function suggest(lead: LeadState, found: Found): Suggestions {
  return { ...suggestTargets(lead, found), opportunity: suggestSale(found) };
}

function suggestSale({ salesByEmail }: Found): SaleSuggestion {
  const states = salesByEmail.map(({ state }) => state);
  const into = states.find(({ type }) => type === 'opportunity') ?? states[0];
  return into
    ? { action: 'merge', into: refOf(into), candidates: states.map(refOf) }
    : { action: 'none' };
}

function suggestTargets(lead: LeadState, found: Found): Omit<Suggestions, 'opportunity'> {
  const organisation = !isEmptyValue(lead.fields.organisation);
  if (found.contactsByEmail.length > 0) {
    const contact = among(found.contactsByEmail);
    return { case: 2, contact, account: accountOf(contact, found) };
  }
  if (organisation) {
    const known = found.accountsByName.length > 0;
    return {
      case: known ? 3 : 1,
      contact: { action: 'create' },
      account: among(found.accountsByName),
    };
  }
  if (found.contactsByName.length > 0) {
    const contact = among(found.contactsByName);
    return { case: 4, contact, account: accountOf(contact, found) };
  }
  return { case: 5, contact: { action: 'create' }, account: { action: 'none' } };
}

/**
 * The account suggestion once it is settled what becomes of the contact: a contact that is updated offers its own
 * account, one that is created comes under the organisation's.
 */
export function suggestAccount(
  lead: LeadState,
  suggestions: Pick<Suggestions, 'case' | 'account'>,
  contact: Suggestion,
  found: Found,
): Suggestion {
  if (suggestions.case === 1 || suggestions.case === 3) return suggestions.account;
  if (contact.action === 'update') return accountOf(contact, found);
  return isEmptyValue(lead.fields.organisation) ? { action: 'none' } : among(found.accountsByName);
}

function among(found: readonly { readonly state: { readonly id: string } }[]): Suggestion {
  const [first, ...others] = found.map(({ state }) => state.id);
  if (first === undefined) return { action: 'create' };
  return others.length === 0
    ? { action: 'update', id: first }
    : { action: 'choose', candidates: [first, ...others] };
}

/** The account of a contact that is to be updated. */
function accountOf(contact: Suggestion, found: Found): Suggestion {
  if (contact.action !== 'update') return { action: 'none' };
  const contacts = [...found.contactsByEmail, ...found.contactsByName, ...chosen(found)];
  const accountId = contacts.find(({ state }) => state.id === contact.id)?.state.fields.accountId;
  return typeof accountId === 'string' && found.accountsOfContacts.has(accountId)
    ? { action: 'link', id: accountId }
    : { action: 'none' };
}

function chosen({ chosenContact }: Found) {
  return chosenContact ? [chosenContact] : [];
}
