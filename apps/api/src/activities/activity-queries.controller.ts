import { Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import {
  type ActivityDocument,
  BEHIND_READ_FROM,
  DEADLINES,
  MERGES,
  type TimelineEntry,
} from '#read-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerVersion } from '../http/answers.js';
import { Call } from '../http/call.js';
import { EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { Route } from '../http/route.js';
import { AFTER, closed } from '../http/schemas.js';
import { caughtUp } from '../reading/caught-up.js';
import { exampleEntry } from '../reading/example-entry.js';
import {
  filterFrom,
  LIST_QUERY,
  type ListQuery,
  PAGING,
  type PagingQuery,
  sortFrom,
} from '../reading/list-query.js';
import { localeOf } from '../reading/locale-of.js';
import { type Listed, pageOf } from '../reading/page-of.js';
import { readable } from '../reading/visible-record.js';
import { visibleActivity } from './visible-activity.js';

const { q: _words, ...LISTING } = LIST_QUERY.properties;
const EXAMPLE = {
  ...{ id: EXAMPLE_ID, status: 'planned', kind: 'call', subject: 'Gọi lại báo giá' },
  ...{ dueAt: EXAMPLE_INSTANT, links: [{ type: 'lead', id: EXAMPLE_ID }], revision: 0 },
};
export type ShownActivity = Omit<ActivityDocument, 'linkKeys' | 'standing'>;

/** Lists and looks at activities. */
@ApiTags('activities')
@Controller('v1/activities')
export class ActivityQueriesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Lists activities',
    description: 'The next due first unless sorted.',
    access: Requires('read', 'activity'),
    query: closed(LISTING),
    answer: { description: 'A page.', schema: 'ActivityPage', example: { items: [EXAMPLE] } },
    refusals: [503],
  })
  async list(@Query() query: ListQuery, @Call() { request }: Call): Promise<Listed<ShownActivity>> {
    const { limit, cursor, after } = query;
    const filter = filterFrom(query.filter);
    const sort = sortFrom(query.sort);
    await caughtUp(this.ledger, after, ['activities', MERGES.name, ...BEHIND_READ_FROM]);
    const page = await this.ledger.read.queries.listActivities({
      access: readable(request, 'activity'),
      ...(filter && { filter }),
      ...(sort && { sort }),
      ...(limit !== undefined && { limit }),
      ...(cursor !== undefined && { cursor }),
    });
    return pageOf(page, shownActivity);
  }

  @Route('GET', ':id', {
    summary: 'Tells of one activity',
    access: Requires('read', 'activity'),
    query: closed({ after: AFTER }),
    answer: { description: 'The activity.', schema: 'Activity', example: EXAMPLE },
    refusals: [503],
  })
  async get(@Call() call: Call): Promise<ShownActivity | undefined> {
    const stored = await visibleActivity(this.ledger, call.request);
    const [activity = stored] = await this.ledger.read.queries.leadLinksOn([stored]);
    const elsewhere =
      activity === stored ? [] : activity.links.map(({ type, id }) => `${type}:${id}`);
    return answerVersion(call, stored.revision, shownActivity(activity), elsewhere);
  }

  @Route('GET', ':id/timeline', {
    summary: 'Tells the history of an activity',
    description: 'With the reminders of it.',
    access: Requires('read', 'activity'),
    query: closed(PAGING),
    answer: {
      description: 'A page, newest first.',
      schema: 'TimelinePage',
      example: { items: [exampleEntry('ActivityCompleted', 'Lê Thu completed the call.')] },
    },
    localised: true,
    refusals: [503],
  })
  async timeline(
    @Query() { limit, cursor, after }: PagingQuery,
    @Call() { request, reply }: Call,
  ): Promise<Listed<TimelineEntry>> {
    await caughtUp(this.ledger, after, [DEADLINES.name]);
    const { id } = await visibleActivity(this.ledger, request);
    const locale = localeOf(request);
    const { entries, next } = await this.ledger.read.queries.readActivityTimeline({
      ...{ activityId: id, locale, accessTo: (type) => readable(request, type) },
      ...(limit !== undefined && { limit }),
      ...(cursor !== undefined && { cursor }),
    });
    reply.header('content-language', locale).header('vary', 'Accept-Language');
    return { items: entries, ...(next !== undefined && { next }) };
  }
}

/** An activity as people are shown it. */
export function shownActivity({
  linkKeys: _keys,
  standing: _standing,
  ...shown
}: ActivityDocument) {
  return shown as ShownActivity;
}
