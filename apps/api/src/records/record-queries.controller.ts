import { type Type as Class, Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import { aRecord, PLURALS, type RecordType, recordName } from '#crm';
import {
  BEHIND_READ_FROM,
  leadingElsewhere,
  listedFrom,
  type Provenance,
  type ShownRecord,
  shown,
  shownFrom,
} from '#read-side';
import { type ShownActivity, shownActivity } from '../activities/activity-queries.controller.js';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerVersion } from '../http/answers.js';
import { Call } from '../http/call.js';
import { EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { named } from '../http/named.js';
import { Route } from '../http/route.js';
import { AFTER, closed } from '../http/schemas.js';
import { AS_OF_QUERY, type AsOfQuery, asOfFrom } from '../reading/as-of.js';
import { caughtUp } from '../reading/caught-up.js';
import { LIST_QUERY, type ListQuery, PAGING, type PagingQuery } from '../reading/list-query.js';
import { type Listed, pageOf } from '../reading/page-of.js';
import { noSuch, readable, visibleRecord } from '../reading/visible-record.js';
import { askedFor } from '../saved-filters/asked-records.js';
import { exampleOf } from './record-schemas.js';

/** Lists and looks at records of one type. */
export function recordQueriesController(type: RecordType): Class {
  const plural = PLURALS[type];
  const access = Requires('read', type);
  const example = {
    ...{ id: EXAMPLE_ID, type, status: 'open', ...exampleOf(type), custom: {}, tags: ['VIP'] },
    ...{ createdAt: EXAMPLE_INSTANT, updatedAt: EXAMPLE_INSTANT, revision: 3, position: 1207 },
  };

  @ApiTags(plural)
  @Controller(`v1/${plural}`)
  class RecordQueriesController {
    constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

    @Route('GET', '', {
      summary: `Lists ${plural}`,
      description:
        'Newest first unless sorted. Deleted and merged records show when the filter speaks of status. A short page with a next is not the end.',
      access,
      query: LIST_QUERY,
      answer: {
        description: 'A page.',
        schema: `${recordName(type)}Page`,
        example: { items: [example] },
      },
      refusals: [503],
    })
    async list(@Query() query: ListQuery, @Call() { request }: Call): Promise<Listed<ShownRecord>> {
      const { limit, cursor, after } = query;
      await caughtUp(this.ledger, after, listedFrom(type));
      const page = await this.ledger.read.queries.listRecords({
        ...{ type, access: readable(request, type) },
        ...(await askedFor(this.ledger, request, type, query)),
        ...(limit !== undefined && { limit }),
        ...(cursor !== undefined && { cursor }),
      });
      return pageOf(page, shown);
    }

    @Route('GET', ':id', {
      summary: `Tells of one ${type}, now or as it stood`,
      description: 'What you wrote just before is in it. If-None-Match answers 304.',
      access,
      query: AS_OF_QUERY,
      answer: { description: `The ${type}.`, schema: recordName(type), example },
      refusals: [503],
    })
    async get(@Query() query: AsOfQuery, @Call() call: Call): Promise<ShownRecord | undefined> {
      const { request } = call;
      const asOf = asOfFrom(query);
      const current = await visibleRecord(this.ledger, type, request, shownFrom(type));
      const { queries } = this.ledger.read;
      if (!asOf) {
        const [resolved = current] = await queries.resolveReferences([current]);
        const elsewhere = leadingElsewhere(resolved, current);
        return answerVersion(call, current.revision, shown(resolved), elsewhere);
      }
      const then = await queries.getRecordAsOf({
        ...{ type, id: current.id, access: readable(request, type), asOf },
      });
      if (!then) throw noSuch(type);
      return answerVersion(call, then.revision, shown(then), leadingElsewhere(then));
    }

    @Route('GET', ':id/provenance', {
      summary: `Tells which event gave each value of ${aRecord(type)}`,
      access,
      query: closed({ after: AFTER }),
      answer: {
        description: 'Every current value with the event that set it.',
        schema: 'Provenance',
        example: {
          items: [
            {
              ...{ field: 'email', eventId: EXAMPLE_ID, eventType: `${recordName(type)}Edited` },
              ...{ position: 1207, revision: 3, actor: { kind: 'user', id: EXAMPLE_ID } },
              at: EXAMPLE_INSTANT,
            },
          ],
        },
      },
      refusals: [503],
    })
    async provenance(@Call() { request }: Call): Promise<Listed<Provenance>> {
      const { id } = await visibleRecord(this.ledger, type, request);
      const query = { type, id, access: readable(request, type) };
      const items = await this.ledger.read.queries.provenanceOf(query);
      if (!items) throw noSuch(type);
      return { items };
    }

    @Route('GET', ':id/activities', {
      summary: `Lists activities around ${aRecord(type)}`,
      description:
        'Those of the records behind it (merged into it, or that it came from) are among them.',
      access,
      query: closed(PAGING),
      answer: {
        description: 'A page, the latest due first.',
        schema: 'ActivityPage',
        example: {
          items: [{ id: EXAMPLE_ID, kind: 'call', subject: 'Gọi lại', status: 'planned' }],
        },
      },
      refusals: [503],
    })
    async activities(
      @Query() paging: PagingQuery,
      @Call() { request }: Call,
    ): Promise<Listed<ShownActivity>> {
      const record = await visibleRecord(this.ledger, type, request, [
        'activities',
        ...BEHIND_READ_FROM,
      ]);
      return pageOf(
        await this.ledger.read.queries.listActivitiesOf({ ...paging, record }),
        shownActivity,
      );
    }
  }
  return named(RecordQueriesController, `${recordName(type)}RecordQueries`);
}
