import { Body, Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { callerOf, mayAtAll, SignedIn } from '#access';
import {
  type ListOrder,
  RECORD_TYPES,
  type RecordType,
  type SavedQueryInput,
  type Uuid,
} from '#crm';
import { SAVED_FILTERS, type ShownSavedFilter } from '#read-side';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand, answerCreation, answerVersion } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER, CREATED_ANSWER, EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { Route } from '../http/route.js';
import { AFTER, closed, id, line, oneOf, optional, orNull } from '../http/schemas.js';
import { caughtUp } from '../reading/caught-up.js';
import { PAGING, SORT, sortFrom } from '../reading/list-query.js';
import { type Listed, pageOf } from '../reading/page-of.js';
import { visibleSavedFilter } from './visible-saved-filter.js';

const OWN = SignedIn(
  'Everybody saves filters of their own, and sees those that are shared with them.',
);
const RECORD_TYPE = oneOf(RECORD_TYPES, 'Which lists it is of.');
const QUERY = {
  name: line('What people call it.'),
  filter: optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'A condition of the filter language, relative to now too.',
    }),
  ),
  q: optional(orNull(line('Words to search for.'))),
  sort: optional(orNull(SORT)),
  shared: optional(
    Type.Union(
      [
        Type.Boolean(),
        closed({ teamIds: Type.Array(id('A team.'), { minItems: 1, maxItems: 20 }) }),
      ],
      { description: 'With nobody (false), everybody (true), or the members of teams.' },
    ),
  ),
};
const LIST = closed({ recordType: optional(RECORD_TYPE), ...PAGING });

interface QueryBody extends Omit<SavedQueryInput, 'sort'> {
  readonly sort?: string | null;
}
type Shown = Omit<ShownSavedFilter, 'sort'> & { readonly sort?: string };

const ASKED = {
  name: 'Cơ hội lớn tháng này',
  filter: { 'expectedRevenue.amount': { $gte: 100000000 }, createdAt: { $gte: { $daysAgo: 30 } } },
  sort: 'expectedCloseDate',
  shared: true,
};
const EXAMPLE = {
  ...{ id: EXAMPLE_ID, recordType: 'opportunity', ...ASKED, ownerId: EXAMPLE_ID },
  ...{ createdAt: EXAMPLE_INSTANT, updatedAt: EXAMPLE_INSTANT, revision: 0 },
};

/** Filters of lists under names, own and shared ones (PRODUCT.md P5). */
@ApiTags('saved filters')
@Controller('v1/saved-filters')
export class SavedFiltersController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Lists the saved filters that are there for you, by name',
    access: OWN,
    query: LIST,
    answer: { description: 'A page.', schema: 'SavedFilterPage', example: { items: [EXAMPLE] } },
    refusals: [503],
  })
  async list(
    @Query() { after, ...query }: Static<typeof LIST>,
    @Call() { request }: Call,
  ): Promise<Listed<Shown>> {
    await caughtUp(this.ledger, after, [SAVED_FILTERS.name]);
    const { queries } = this.ledger.read;
    const page = await queries.listSavedFilters({ ...query, reader: callerOf(request) });
    return pageOf(page, shown);
  }

  @Route('GET', ':id', {
    summary: 'Tells of one saved filter',
    access: OWN,
    query: closed({ after: AFTER }),
    answer: { description: 'The filter.', schema: 'SavedFilter', example: EXAMPLE },
    refusals: [503],
  })
  async get(@Call() call: Call): Promise<Shown | undefined> {
    const { request } = call;
    const { id } = request.params as { readonly id: Uuid };
    const { after } = request.query as { readonly after?: number };
    await caughtUp(this.ledger, after, [SAVED_FILTERS.name]);
    const filter = await visibleSavedFilter(this.ledger, request, id);
    return answerVersion(call, filter.revision, shown(filter));
  }

  @Route('POST', '', {
    summary: 'Saves a filter of a list',
    description: 'Lists and boards take it as savedFilter. It grants nobody anything to see.',
    access: OWN,
    body: closed({ recordType: RECORD_TYPE, ...QUERY }),
    example: { recordType: 'opportunity', ...ASKED },
    answer: CREATED_ANSWER,
    command: true,
  })
  async save(
    @Body() { recordType, ...body }: QueryBody & { readonly recordType: RecordType },
    @Call() { request, reply }: Call,
  ): Promise<CommandResult> {
    const envelope = envelopeOf(request, this.ledger);
    const command = { kind: 'save', recordType, ...queryFrom(body), by: keeper(request) } as const;
    const saved = await this.ledger.write.savedFilters.save(command, envelope);
    return answerCreation(reply, 'v1/saved-filters', saved);
  }

  @Route('PATCH', ':id', {
    summary: 'Changes a saved filter',
    description:
      'What is left out stays. Of what others have shared, it needs the right to configure.',
    access: OWN,
    body: closed({ ...QUERY, name: optional(QUERY.name) }),
    example: { name: 'Cơ hội lớn', shared: { teamIds: [EXAMPLE_ID] } },
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
  })
  change(@Body() body: QueryBody, @Call() call: Call): Promise<CommandResult> {
    const by = keeper(call.request);
    return this.on(call, { kind: 'change', ...queryFrom(body), by });
  }

  @Route('DELETE', ':id', {
    summary: 'Removes a saved filter',
    access: OWN,
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
  })
  remove(@Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'remove', by: keeper(call.request) });
  }

  private async on(
    { request, reply }: Call,
    command: Parameters<Leadledger['write']['savedFilters']['handle']>[1],
  ): Promise<CommandResult> {
    const { id } = request.params as { readonly id: Uuid };
    const envelope = envelopeOf(request, this.ledger);
    return answerCommand(reply, await this.ledger.write.savedFilters.handle(id, command, envelope));
  }
}

function keeper(request: Call['request']) {
  const caller = callerOf(request);
  const { userId, teamIds } = caller;
  return { userId, teamIds, mayConfigure: mayAtAll(caller, 'configure') };
}

function queryFrom({ sort, ...body }: QueryBody): SavedQueryInput {
  if (sort === undefined) return body;
  return { ...body, sort: sort === null ? null : (sortFrom(sort) ?? null) };
}

function shown({ sort, ...filter }: ShownSavedFilter): Shown {
  return { ...filter, ...(sort && { sort: textOf(sort) }) } as Shown;
}

function textOf(sort: readonly ListOrder[]): string {
  const keys = sort.map(({ field, direction }) =>
    direction === 'descending' ? `-${field}` : field,
  );
  return keys.join(',');
}
