import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Uuid } from '../kernel/ids.js';

export type TeamFormed = DomainEvent<'TeamFormed', { readonly name: string }>;
export type TeamRenamed = DomainEvent<
  'TeamRenamed',
  { readonly from: string; readonly to: string }
>;
export type TeamMemberAdded = DomainEvent<'TeamMemberAdded', { readonly userId: Uuid }>;
export type TeamMemberRemoved = DomainEvent<'TeamMemberRemoved', { readonly userId: Uuid }>;
export type TeamDissolved = DomainEvent<'TeamDissolved', Readonly<Record<string, never>>>;

export type TeamEvent =
  | TeamFormed
  | TeamRenamed
  | TeamMemberAdded
  | TeamMemberRemoved
  | TeamDissolved;

export const TEAM_EVENTS: readonly EventDefinition[] = [
  defineEvent('TeamFormed', 'A team was formed.'),
  defineEvent('TeamRenamed', 'A team got another name.'),
  defineEvent('TeamMemberAdded', 'A user joined a team.'),
  defineEvent('TeamMemberRemoved', 'A user left a team.'),
  defineEvent('TeamDissolved', 'A team is no more.'),
];
