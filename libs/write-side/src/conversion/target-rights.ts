import type { RecordAction, Subject } from '#access';
import {
  type ConversionPlan,
  type ConversionRequest,
  type FieldError,
  type LeadState,
  type PlannedMerge,
  type RecordState,
  Refusal,
  type Settings,
} from '#crm';
import type { Envelope } from '../execution/envelope.js';
import { mergeActions } from '../merging/merge-rights.js';
import { unknownUsers } from '../records/custom-users.js';
import { requireRight } from '../records/record-commands.handler.js';
import type { People } from '../records/references.js';

/** What is updated was found among what the caller may edit; what is created needs the right to create. */
export function requireTargetRights(
  plan: ConversionPlan,
  lead: LeadState,
  { authority }: Envelope,
): void {
  const require = (action: RecordAction, subject: Subject) => {
    if (authority.may(action, subject)) return;
    throw new Refusal('forbidden', 'forbidden', `You may not ${action} such a ${subject.type}.`);
  };
  for (const type of ['contact', 'account', 'opportunity'] as const) {
    const planned = plan[type];
    if (planned?.action !== 'create') continue;
    const { ownerId, teamId } = planned.captured;
    const handedOver = ownerId !== lead.ownerId && ownerId !== authority.actor.id;
    require('create', {
      type,
      createdBy: authority.actor.id,
      ...(!handedOver && ownerId && { ownerId }),
      ...(teamId && { teamId }),
    });
  }
}

/** A merge that takes place with the conversion needs what merging by itself does, but that no selection names its records. */
export function requireSaleMergeRights(
  { survivor }: PlannedMerge,
  states: readonly RecordState[],
  envelope: Envelope,
): void {
  for (const state of states) {
    for (const action of mergeActions(state, survivor)) requireRight(action, state, envelope);
  }
}

/** @throws Refusal `unknown_reference` (422) for an owner, a team or a user in a custom field that is not there */
export function refuseUnknownPeople(
  request: ConversionRequest,
  settings: Settings,
  people: People,
): void {
  const errors: FieldError[] = [];
  const owner = (path: string, id: string | undefined) => {
    if (id !== undefined && !people.isActiveUser(id)) {
      errors.push({ path, code: 'unknown_reference', message: 'There is no such active user.' });
    }
  };
  owner('ownerId', request.ownerId);
  owner('contact.ownerId', request.contact?.ownerId);
  owner('account.ownerId', request.account?.ownerId);
  owner('opportunity.ownerId', request.opportunity?.ownerId);
  for (const type of ['contact', 'account', 'opportunity'] as const) {
    const unknown = unknownUsers(type, request[type]?.custom ?? {}, settings, people);
    errors.push(...unknown.map((error) => ({ ...error, path: `${type}.${error.path}` })));
  }
  const teamId = request.opportunity?.teamId;
  if (teamId !== undefined && !people.isTeam(teamId)) {
    errors.push({
      path: 'opportunity.teamId',
      code: 'unknown_reference',
      message: 'There is no such team.',
    });
  }
  if (errors.length > 0) {
    throw new Refusal('rule', 'unknown_reference', 'Something referred to is not there.', {
      errors,
    });
  }
}
