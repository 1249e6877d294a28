import type { Decider } from '../kernel/decider.js';
import type { Uuid } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import { readId } from '../record/values/id.js';
import { brokenRule, InputReading } from '../record/values/input-reading.js';
import type { TeamEvent } from './team-events.js';

/** Most members of a team. */
const MAX_MEMBERS = 1_000;

/** A sales team. Its stream is where membership is told, and nowhere else. */
export interface TeamState {
  readonly id: Uuid;
  readonly status: 'absent' | 'formed' | 'dissolved';
  readonly name: string;
  /** In order of joining. */
  readonly memberIds: readonly Uuid[];
}

export type TeamCommand =
  | { readonly kind: 'form'; readonly name: string }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'add-member'; readonly userId: Uuid }
  | { readonly kind: 'remove-member'; readonly userId: Uuid }
  | { readonly kind: 'dissolve' };

/** The stream of one team. */
export function teamStream(id: Uuid): string {
  return `team-${id}`;
}

/** The rules of a team (PRODUCT.md P7). */
export const teamDecider: Decider<TeamState, TeamCommand, TeamEvent> = {
  initial: (id: Uuid) => ({ id, status: 'absent', name: '', memberIds: [] }),
  decide,
  evolve(state, event) {
    switch (event.type) {
      case 'TeamFormed':
        return { ...state, status: 'formed', name: event.data.name };
      case 'TeamRenamed':
        return { ...state, name: event.data.to };
      case 'TeamMemberAdded':
        return { ...state, memberIds: [...without(state, event.data.userId), event.data.userId] };
      case 'TeamMemberRemoved':
        return { ...state, memberIds: without(state, event.data.userId) };
      case 'TeamDissolved':
        return { ...state, status: 'dissolved', memberIds: [] };
      default: {
        const unknown: never = event;
        void unknown;
        return state;
      }
    }
  },
};

function decide(state: TeamState, command: TeamCommand): readonly TeamEvent[] {
  if (command.kind === 'form') {
    const name = readName(command.name);
    if (state.status === 'absent') return [{ type: 'TeamFormed', data: { name } }];
    throw new Refusal('conflict', 'team_exists', 'The team is there already.');
  }
  if (state.status === 'absent') {
    throw new Refusal('not-found', 'team_not_found', 'There is no such team.');
  }
  if (state.status === 'dissolved') {
    if (command.kind === 'dissolve') return [];
    throw new Refusal('conflict', 'team_dissolved', 'The team is dissolved.');
  }
  switch (command.kind) {
    case 'rename': {
      const to = readName(command.name);
      return to === state.name ? [] : [{ type: 'TeamRenamed', data: { from: state.name, to } }];
    }
    case 'add-member': {
      const userId = readMember(command.userId);
      if (state.memberIds.includes(userId)) return [];
      if (state.memberIds.length >= MAX_MEMBERS) {
        throw brokenRule('team_full', 'userId', `A team has at most ${MAX_MEMBERS} members.`);
      }
      return [{ type: 'TeamMemberAdded', data: { userId } }];
    }
    case 'remove-member': {
      const userId = readMember(command.userId);
      return state.memberIds.includes(userId)
        ? [{ type: 'TeamMemberRemoved', data: { userId } }]
        : [];
    }
    case 'dissolve':
      return [{ type: 'TeamDissolved', data: {} }];
  }
}

function without({ memberIds }: TeamState, userId: Uuid): readonly Uuid[] {
  return memberIds.filter((member) => member !== userId);
}

function readName(raw: string): string {
  const reading = new InputReading();
  const name = reading.name(raw, 'name');
  reading.finish();
  return name;
}

function readMember(raw: string): Uuid {
  const reading = new InputReading();
  const userId = reading.required(readId, raw, 'userId', '');
  reading.finish();
  return userId;
}
