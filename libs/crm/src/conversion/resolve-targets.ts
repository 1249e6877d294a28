import type { AccountState } from '../account/account.js';
import type { ContactState } from '../contact/contact.js';
import { Refusal } from '../kernel/refusal.js';
import type { AccountChoice, ContactChoice } from './conversion-request.js';
import type { Confirmed, Found } from './found.js';
import type { Suggestion } from './suggest.js';

/** What is to be done about one target, with the record it is done to. */
export type Resolved<State> =
  | { readonly action: 'create' }
  | { readonly action: 'none' }
  | { readonly action: 'update'; readonly existing: Confirmed<State> }
  | { readonly action: 'link'; readonly existing: Confirmed<State> };

type Choice = Pick<AccountChoice, 'action' | 'id' | 'allowDuplicate'>;

interface Options<State> {
  readonly target: 'contact' | 'account';
  readonly choice?: Choice;
  readonly suggestion: Suggestion;
  /** Those that a new record would double. */
  readonly matches: readonly Confirmed<State>[];
  readonly chosen?: Confirmed<State>;
  readonly all: readonly Confirmed<State>[];
}

/**
 * Follows the caller's choice, or else the suggestion; never guesses.
 * @throws Refusal `choice_needed`, `contact_exists` / `account_exists` with `candidates` (409), `unknown_contact` / `unknown_account` (422)
 */
function resolve<State extends { readonly id: string }>(options: Options<State>): Resolved<State> {
  const { target, choice, suggestion, matches, chosen } = options;
  if (!choice) return follow(options, suggestion);
  if (choice.action === 'none') return { action: 'none' };
  if (choice.action === 'create') {
    if (matches.length === 0 || choice.allowDuplicate) return { action: 'create' };
    throw new Refusal(
      'conflict',
      `${target}_exists`,
      `A matching ${target} exists; update it or say allowDuplicate.`,
      {
        errors: [
          { path: `${target}.action`, code: `${target}_exists`, message: 'One exists already.' },
        ],
        facts: { target, candidates: matches.map(({ state }) => ({ type: target, id: state.id })) },
      },
    );
  }
  if (choice.id !== undefined) {
    if (chosen?.state.id === choice.id) return { action: choice.action, existing: chosen };
    throw new Refusal('rule', `unknown_${target}`, `There is no such ${target}.`, {
      errors: [
        { path: `${target}.id`, code: 'unknown_reference', message: `There is no such ${target}.` },
      ],
    });
  }
  const followed = follow(options, suggestion);
  if ('existing' in followed) return { action: choice.action, existing: followed.existing };
  throw new Refusal('rule', `${target}_id_required`, `Say which ${target} to ${choice.action}.`, {
    errors: [{ path: `${target}.id`, code: 'required', message: `No ${target} matches the lead.` }],
  });
}

function follow<State extends { readonly id: string }>(
  { target, all }: Options<State>,
  suggestion: Suggestion,
): Resolved<State> {
  if (suggestion.action === 'create' || suggestion.action === 'none') {
    return { action: suggestion.action };
  }
  if (suggestion.action === 'choose') {
    throw new Refusal(
      'conflict',
      'choice_needed',
      `Several ${target}s match the lead; choose one.`,
      {
        errors: [
          { path: `${target}.id`, code: 'choice_needed', message: 'Choose one of the candidates.' },
        ],
        facts: { target, candidates: suggestion.candidates.map((id) => ({ type: target, id })) },
      },
    );
  }
  const existing = all.find(({ state }) => state.id === suggestion.id);
  return existing ? { action: suggestion.action, existing } : { action: 'none' };
}

/** What is to be done about the contact. */
export function resolveContact(
  choice: ContactChoice | undefined,
  suggestion: Suggestion,
  found: Found,
): Resolved<ContactState> {
  return resolve({
    target: 'contact',
    choice,
    suggestion,
    matches: found.contactsByEmail,
    chosen: found.chosenContact,
    all: [...found.contactsByEmail, ...found.contactsByName],
  });
}

/** What is to be done about the account. */
export function resolveAccount(
  choice: AccountChoice | undefined,
  suggestion: Suggestion,
  found: Found,
): Resolved<AccountState> {
  return resolve({
    target: 'account',
    choice,
    suggestion,
    matches: found.accountsByName,
    chosen: found.chosenAccount,
    all: [...found.accountsByName, ...found.accountsOfContacts.values()],
  });
}
