import {
  type ActivityState,
  fieldValue,
  type LeadState,
  type RecordRef,
  type RecordState,
  sameRecord,
  type Use,
  type Uuid,
} from '#crm';
import type { EventLog } from '#event-store';
import { activityTarget } from '../../activities/activity-commands.handler.js';
import type { Authority } from '../../execution/envelope.js';
import type { Executor } from '../../execution/executor.js';
import { recordTarget } from '../../records/record-target.js';
import type { UndoFinder } from './undo-finder.port.js';

export interface UsesOptions {
  readonly log: EventLog;
  readonly executor: Executor;
  readonly finder: UndoFinder;
}

/** A record that a conversion created. */
export interface Created {
  readonly record: RecordState;
  readonly conversionId: Uuid;
}

/** What makes use of the record, as of everything acknowledged before the call, each confirmed against its stream. */
export async function usesOf(
  { record, conversionId }: Created,
  { may }: Pick<Authority, 'may'>,
  { log, executor, finder }: UsesOptions,
): Promise<readonly Use[]> {
  const found = await finder.usersOf({ type: record.type, id: record.id }, await log.head());
  const stateOf = async ({ type, id }: RecordRef): Promise<RecordState> =>
    (await executor.load(recordTarget(type, id))).state;
  const conversions = [
    ...found.conversions,
    ...record.origins.map(({ id, conversionId: by }) => ({ leadId: id, conversionId: by })),
  ].filter((other) => other.conversionId !== conversionId);

  const uses: readonly Promise<Use | undefined>[] = [
    ...found.records.map(async (ref): Promise<Use | undefined> => {
      const user = await stateOf(ref);
      const visible = may('read', user);
      return refersTo(user, record) ? { reason: 'referred_to', by: ref, visible } : undefined;
    }),
    ...found.activities.map(async (id): Promise<Use | undefined> => {
      const { state } = await executor.load(activityTarget(id));
      const visible = may('read', { ...state, type: 'activity' });
      const by = { type: 'activity', id } as const;
      return concerns(state, record) ? { reason: 'activities', by, visible } : undefined;
    }),
    ...conversions.map(async (other): Promise<Use | undefined> => {
      const lead = await stateOf({ type: 'lead', id: other.leadId });
      const by = { type: 'lead', id: other.leadId } as const;
      return stands(lead as LeadState, other.conversionId)
        ? { reason: 'other_conversion', by, visible: may('read', lead) }
        : undefined;
    }),
  ];
  const confirmed = (await Promise.all(uses)).filter((use) => use !== undefined);
  return eachOnce(confirmed);
}

/** A record that was merged away may come back; one that was deleted refers to nothing. */
function refersTo(user: RecordState, { type, id }: RecordRef): boolean {
  const stands = user.lifecycle === 'live' || user.lifecycle === 'merged';
  return stands && fieldValue(user, `${type}Id`) === id;
}

function concerns({ status, deleted, links }: ActivityState, record: RecordRef): boolean {
  return status !== 'absent' && !deleted && links.some((link) => sameRecord(link, record));
}

function stands(lead: LeadState, conversionId: Uuid): boolean {
  return lead.conversions.some(({ id, undone }) => id === conversionId && !undone);
}

/** In a fixed order, so that what is previewed twice reads the same. */
function eachOnce(uses: readonly Use[]): readonly Use[] {
  const key = ({ reason, by }: Use) => `${reason} ${by.type} ${by.id}`;
  const once = new Map(uses.map((use) => [key(use), use]));
  return [...once.values()].sort((left, right) => (key(left) < key(right) ? -1 : 1));
}
