import { FILTER_LIMITS, type Filter, type Instant, PLURALS, type TimedRef, type Uuid } from '#crm';
import type { Page } from '#read-store';
import { ACTIVITIES, type ActivityDocument } from '../activities/activity-document.js';
import { DEADLINES, type DeadlineDocument } from '../deadlines/deadline-document.js';
import type { RecordDocument } from '../records/record-document.js';
import { nameOf } from '../timeline/names.js';
import { boundedFind } from './bounded-find.js';
import {
  type Access,
  EMPTY_PAGE,
  limitOf,
  type Paging,
  type QueryContext,
  within,
} from './query-context.js';

/** Deadlines that somebody is to be reminded of by `now`, the longest waiting first. */
export function findDueReminders(
  { readStore, models }: QueryContext,
  {
    now,
    limit,
    cursor,
  }: { readonly now: Instant; readonly limit: number; readonly cursor?: string },
): Promise<Page<DeadlineDocument>> {
  return readStore.find<DeadlineDocument>(models.live(DEADLINES.name), {
    filter: { nextAt: { $lte: now } },
    sort: [{ field: 'nextAt', direction: 'ascending' }],
    limit,
    ...(cursor !== undefined && { cursor }),
  });
}

/** Whose: of whom, and of which teams' and people's besides. */
export interface Circle {
  /** What these people are to deal with, and what is their teams' and nobody's. */
  readonly ownerIds: readonly Uuid[];
  readonly teamIds: readonly Uuid[];
  /** Also what is the teams' and somebody's. */
  readonly isWholeTeam: boolean;
}

export interface ListOverdue extends Paging {
  readonly now: Instant;
  /** What the caller may see of each type. */
  readonly access: Readonly<Record<TimedRef['type'], Access>>;
  /** Left out: whosever. */
  readonly circle?: Circle;
}

/** A deadline that has passed, with what its record is called. */
export type Overdue = DeadlineDocument & { readonly name?: string };

/** What is overdue and not handled, snoozed or not, the longest overdue first. */
export async function listOverdue(
  context: QueryContext,
  query: ListOverdue,
): Promise<Page<Overdue>> {
  const { now, access, circle, cursor } = query;
  const limit = limitOf(query);
  const wanted = within(seen(access), { dueAt: { $lte: now } }, circle ? inCircle(circle) : {});
  if (!wanted) return EMPTY_PAGE;
  const { readStore, models } = context;
  const page = await boundedFind<DeadlineDocument>(readStore, models.live(DEADLINES.name), {
    filter: wanted,
    sort: [{ field: 'dueAt', direction: 'ascending' }],
    limit,
    ...(cursor !== undefined && { cursor }),
  });
  return { ...page, documents: await withNames(context, page.documents) };
}

function seen(access: ListOverdue['access']): Access {
  const types = Object.entries(access);
  if (types.every(([, one]) => one === 'all')) return 'all';
  const open = types.flatMap(([type, one]): Filter[] => {
    if (one === 'none') return [];
    return [one === 'all' ? { type } : { $and: [{ type }, one] }];
  });
  return open.length === 0 ? 'none' : { $or: open };
}

function inCircle({ ownerIds, teamIds, isWholeTeam }: Circle): Filter {
  const teams = oneOf('teamId', teamIds);
  const own = oneOf('ownerId', ownerIds);
  const theirs = isWholeTeam ? teams : teams.map((team) => ({ $and: [{ ownerId: null }, team] }));
  const all = [...own, ...theirs];
  // Nobody's team: nothing is in it.
  return all.length === 0 ? { id: { $in: [] } } : { $or: all };
}

/** A condition names a limited number of values; many need several. */
function oneOf(field: string, ids: readonly Uuid[]): readonly Filter[] {
  const { values } = FILTER_LIMITS;
  const starts = Array.from(
    { length: Math.ceil(ids.length / values) },
    (_, index) => index * values,
  );
  return starts.map((start) => ({ [field]: { $in: ids.slice(start, start + values) } }));
}

async function withNames(
  { readStore, models }: QueryContext,
  deadlines: readonly DeadlineDocument[],
): Promise<readonly Overdue[]> {
  const idsOf = (type: TimedRef['type']) =>
    deadlines.filter((one) => one.type === type).map(({ recordId }) => recordId);
  const [opportunities, activities] = await Promise.all([
    readStore.load(models.live(PLURALS.opportunity), idsOf('opportunity')),
    readStore.load(models.live(ACTIVITIES.name), idsOf('activity')),
  ]);
  return deadlines.map((deadline) => {
    const { type, recordId } = deadline;
    const name =
      type === 'opportunity'
        ? nameIn(opportunities.get(recordId)?.document as RecordDocument | undefined)
        : (activities.get(recordId)?.document as ActivityDocument | undefined)?.subject;
    return { ...deadline, ...(name && { name }) };
  });
}

function nameIn(document: RecordDocument | undefined): string | undefined {
  return document && nameOf(document);
}
