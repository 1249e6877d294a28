import { Readable } from 'node:stream';
import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Static } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import { callerOf, mayAtAll, Requires } from '#access';
import type { ImportOptions, RecordType, Uuid } from '#crm';
import { HttpProblem } from '#platform';
import { type CommandResult, type IssuePage, userAuthority, type Viewer } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand, answerCreation } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER, EXAMPLE_COMMAND } from '../http/examples.js';
import { Route } from '../http/route.js';
import type { RouteSpec } from '../http/route-spec.js';
import { CURSOR, closed, LIMIT } from '../http/schemas.js';
import { EXAMPLE_IMPORT, type ImportAnswer, importAnswer, mappingFrom } from './import-answer.js';
import { CONTENT_BODY, EXAMPLE_REQUEST, REQUEST_BODY } from './import-schemas.js';
import { ImportsHost } from './imports.host.js';

const PAGE = closed({ limit: LIMIT, cursor: CURSOR });
type Page = Static<typeof PAGE>;
const DEFAULT_LIMIT = 50;

const issues = (summary: string, example: object): RouteSpec => ({
  summary,
  access: Requires('import'),
  query: PAGE,
  answer: { description: 'A page, in the order of the file.', example: { items: [example] } },
});

/** CSV imports (PRODUCT.md P10). Callers see their own; who configures sees all. */
@ApiTags('imports')
@Controller('v1/imports')
export class ImportsController {
  constructor(
    @Inject(LEADLEDGER) private readonly ledger: Leadledger,
    @Inject(ImportsHost) private readonly host: ImportsHost,
  ) {}

  @Route('POST', '', {
    summary: 'Announces an import',
    description: 'Its file is to be sent to `upload`.',
    access: Requires('import'),
    body: REQUEST_BODY,
    example: EXAMPLE_REQUEST,
    answer: {
      status: 201,
      description: 'It waits for its file.',
      example: { ...EXAMPLE_COMMAND, upload: `/v1/imports/${EXAMPLE_COMMAND.id}/content` },
    },
    command: true,
  })
  async request(
    @Body() body: Static<typeof REQUEST_BODY>,
    @Call() { request, reply }: Call,
  ): Promise<CommandResult & { readonly upload: string }> {
    const mapping = mappingFrom(body.mapping as Parameters<typeof mappingFrom>[0]);
    const recordType = body.recordType as RecordType;
    const options = (body.options ?? {}) as ImportOptions;
    const result = await this.host.imports.request(
      { recordType, options, ...(mapping && { mapping }) },
      envelopeOf(request, this.ledger),
    );
    const upload = `/v1/imports/${result.id}/content`;
    return answerCreation(reply, 'v1/imports', { ...result, upload });
  }

  @ApiConsumes('text/csv')
  @Route('PUT', ':id/content', {
    summary: 'Sends the file of an import and starts it',
    description:
      'The file is checked as it arrives: its encoding, quotes and header. Rows are carried out in the background. The same file again changes nothing.',
    access: Requires('import'),
    body: CONTENT_BODY,
    answer: { ...COMMAND_ANSWER, status: 202, description: 'It runs.' },
    refusals: [409, 413, 422, 503],
  })
  async start(@Param('id') id: Uuid, @Call() { request, reply }: Call): Promise<CommandResult> {
    const { body } = request;
    if (!(body instanceof Readable)) {
      throw new HttpProblem(415, 'unsupported_media_type', 'Send the file as text/csv.');
    }
    // The file is told apart by its hash, which is known only when it is here: no key is needed.
    const envelope = {
      authority: userAuthority(callerOf(request)),
      correlationId: request.id,
      commandId: this.ledger.ids.next(),
      fresh: true,
    };
    const result = await this.host.imports.start(id, body, viewerOf(request), envelope);
    return answerCommand(reply, result);
  }

  @Route('GET', '', {
    summary: 'Lists imports, latest first',
    access: Requires('import'),
    query: PAGE,
    answer: { description: 'A page.', example: { items: [EXAMPLE_IMPORT] } },
  })
  async list(
    @Query() { limit = DEFAULT_LIMIT, cursor }: Page,
    @Call() { request }: Call,
  ): Promise<{ readonly items: readonly ImportAnswer[]; readonly next?: string }> {
    const all = await this.host.imports.list(viewerOf(request));
    const start = cursor === undefined ? 0 : all.findIndex(({ state }) => state.id === cursor) + 1;
    const page = all.slice(start, start + limit);
    const last = all.length > start + limit ? page.at(-1)?.state.id : undefined;
    return { items: page.map(importAnswer), ...(last !== undefined && { next: last }) };
  }

  @Route('GET', ':id', {
    summary: 'Tells how far an import is',
    access: Requires('import'),
    answer: { description: 'The import.', example: EXAMPLE_IMPORT },
  })
  async get(@Param('id') id: Uuid, @Call() { request }: Call): Promise<ImportAnswer> {
    return importAnswer(await this.host.imports.get(id, viewerOf(request)));
  }

  @Route(
    'GET',
    ':id/errors',
    issues('Lists what is wrong with rows', {
      ...{ kind: 'error', line: 17, column: 'Email', field: 'email', code: 'invalid_email' },
      message: 'This is not an e-mail address.',
    }),
  )
  errors(
    @Param('id') id: Uuid,
    @Query() page: Page,
    @Call() { request }: Call,
  ): Promise<IssuePage> {
    return this.issues(id, 'error', page, request);
  }

  @Route(
    'GET',
    ':id/duplicates',
    issues('Lists rows that look like another row or record', {
      ...{ kind: 'duplicate', line: 31, code: 'duplicate', keys: ['email'] },
      message: 'Shares with another: email.',
      ...{ records: [{ type: 'lead', id: EXAMPLE_IMPORT.id }], lines: [12] },
    }),
  )
  duplicates(
    @Param('id') id: Uuid,
    @Query() page: Page,
    @Call() { request }: Call,
  ): Promise<IssuePage> {
    return this.issues(id, 'duplicate', page, request);
  }

  @Route('POST', ':id/cancellation', {
    summary: 'Stops an import; what it did stays',
    access: Requires('import'),
    answer: COMMAND_ANSWER,
    command: true,
  })
  async cancel(@Param('id') id: Uuid, @Call() { request, reply }: Call): Promise<CommandResult> {
    const envelope = envelopeOf(request, this.ledger);
    return answerCommand(reply, await this.host.imports.cancel(id, viewerOf(request), envelope));
  }

  private issues(
    id: Uuid,
    kind: 'error' | 'duplicate',
    { limit = DEFAULT_LIMIT, cursor }: Page,
    request: FastifyRequest,
  ): Promise<IssuePage> {
    const page = { limit, ...(cursor !== undefined && { cursor }) };
    return this.host.imports.issues(id, kind, page, viewerOf(request));
  }
}

function viewerOf(request: FastifyRequest): Viewer {
  const principal = callerOf(request);
  return { userId: principal.userId, all: mayAtAll(principal, 'configure') };
}
