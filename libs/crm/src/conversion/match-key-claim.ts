import type { DomainEvent, Happened } from '../kernel/event.js';
import { defineEvent } from '../kernel/event-definition.js';
import type { Revision, Uuid } from '../kernel/ids.js';

/** Which record holds a match key, through which conversion. */
export type MatchKeyClaim = {
  readonly recordType: 'contact' | 'account';
  readonly recordId: Uuid;
  readonly leadId: Uuid;
  readonly conversionId: Uuid;
  /** Where the lead's stream stood: the conversion commits there, or claims again. Absent from the earliest claims. */
  readonly leadRevision?: Revision;
};

export type MatchKeyClaimed = DomainEvent<'MatchKeyClaimed', MatchKeyClaim>;

export const MATCH_KEY_EVENTS = [
  defineEvent(
    'MatchKeyClaimed',
    'A conversion is about to create a record that bears the key; two at once learn of each other here.',
  ),
] as const;

/** The claims on one key, first to last, the latest of each conversion. */
export type MatchKeyState = { readonly claims: readonly MatchKeyClaim[] };

/** Folds the claims of one key. */
export function evolveMatchKey(
  state: MatchKeyState,
  event: Happened<MatchKeyClaimed>,
): MatchKeyState {
  const others = state.claims.filter(
    ({ conversionId }) => conversionId !== event.data.conversionId,
  );
  return { claims: [...others, event.data] };
}

/** The stream of a key's claims. `hash` is keyed, so that the name tells nothing of the e-mail. */
export function matchKeyStream(recordType: string, kind: string, hash: string): string {
  return `key-${recordType}-${kind}-${hash}`;
}
