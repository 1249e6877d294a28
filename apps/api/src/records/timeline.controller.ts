import { type Type as Class, Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import { aRecord, PLURALS, type RecordType, recordName } from '#crm';
import { BEHIND_READ_FROM, DEADLINES, TEAMS, type TimelineEntry, USERS } from '#read-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { named } from '../http/named.js';
import { Route } from '../http/route.js';
import { closed } from '../http/schemas.js';
import { exampleEntry } from '../reading/example-entry.js';
import { PAGING, type PagingQuery } from '../reading/list-query.js';
import { localeOf } from '../reading/locale-of.js';
import type { Listed } from '../reading/page-of.js';
import { readable, visibleRecord } from '../reading/visible-record.js';

/** Read models that a timeline is told from: what happened around the record, and what people are called. */
const TOLD_FROM = ['activities', DEADLINES.name, USERS.name, TEAMS.name, ...BEHIND_READ_FROM];

/** The history of records of one type, in words (PRODUCT.md P8). */
export function timelineController(type: RecordType): Class {
  @ApiTags(PLURALS[type])
  @Controller(`v1/${PLURALS[type]}`)
  class TimelineController {
    constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

    @Route('GET', ':id/timeline', {
      summary: `Tells the history of ${aRecord(type)}`,
      description:
        'With that of the records merged into it and of those it came from, and of activities about them and of reminders.',
      access: Requires('read', type),
      query: closed(PAGING),
      answer: {
        description: 'A page, newest first.',
        schema: 'TimelinePage',
        example: {
          items: [exampleEntry(`${recordName(type)}Tagged`, 'Lê Thu added the tag VIP.')],
        },
      },
      localised: true,
      refusals: [503],
    })
    async timeline(
      @Query() { limit, cursor }: PagingQuery,
      @Call() { request, reply }: Call,
    ): Promise<Listed<TimelineEntry>> {
      const record = await visibleRecord(this.ledger, type, request, TOLD_FROM);
      const locale = localeOf(request);
      const { entries, next, incomplete } = await this.ledger.read.queries.readTimeline({
        ...{ record, locale, accessTo: (other) => readable(request, other) },
        ...(limit !== undefined && { limit }),
        ...(cursor !== undefined && { cursor }),
      });
      reply.header('content-language', locale).header('vary', 'Accept-Language');
      return {
        items: entries,
        ...(next !== undefined && { next }),
        ...(incomplete && { incomplete }),
      };
    }
  }
  return named(TimelineController, `${recordName(type)}Timeline`);
}
