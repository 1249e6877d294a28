import { ruleHolds } from '../assignment/rule-condition.js';
import type { Recorded } from '../kernel/event.js';
import type { Uuid } from '../kernel/ids.js';
import type { OpportunityState } from '../opportunity/opportunity.js';
import type { Recipient } from '../settings/recipients/recipient-rule.js';
import type { Settings } from '../settings/settings.js';
import type { UserRole } from '../user/user-state.js';
import { type Notice, noticeOf } from './notice.js';

/** Who there is to be told. */
export interface NotifiedPeople {
  isActiveUser(id: Uuid): boolean;
  /** Empty when there is no such team. */
  membersOf(teamId: Uuid): readonly Uuid[];
  withRole(role: UserRole): readonly Uuid[];
}

export interface Arrival {
  /** The event by which the opportunity came into being. */
  readonly captured: Recorded;
  /** As its arrival left it, whoever it was assigned to included. */
  readonly opportunity: OpportunityState;
  /** As of the arrival. */
  readonly settings: Settings;
  readonly people: NotifiedPeople;
}

/**
 * The notices of a new opportunity to everybody whom a rule in force names, each once (PRODUCT.md P6). Whoever captured it knows, and its
 * owner is told of it otherwise.
 */
export function arrivalNotices({
  captured,
  opportunity,
  settings,
  people,
}: Arrival): readonly Notice[] {
  const { actor, recordedAt } = captured.metadata;
  const holds = ruleHolds(opportunity, { settings, now: recordedAt });
  const named = settings.recipients
    .filter((rule) => !rule.retired && holds(rule))
    .flatMap(({ to }) => to.flatMap((recipient) => peopleOf(recipient, people)));
  const told = [...new Set(named)].filter(
    (id) => id !== actor.id && id !== opportunity.ownerId && people.isActiveUser(id),
  );
  const record = { type: 'opportunity', id: opportunity.id } as const;
  return told.map((id) => noticeOf(captured.id, 'new-opportunity', id, { record }));
}

function peopleOf(recipient: Recipient, people: NotifiedPeople): readonly Uuid[] {
  switch (recipient.kind) {
    case 'user':
      return [recipient.userId];
    case 'team':
      return people.membersOf(recipient.teamId);
    case 'role':
      return people.withRole(recipient.role);
  }
}
