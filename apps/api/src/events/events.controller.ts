import { Controller, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayAtAll, Principal, Requires } from '#access';
import { refuseInvalid, SETTINGS_STREAM } from '#crm';
import { BEFORE_FIRST } from '#event-store';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { DRAIN, type Drain } from '../http/drain.js';
import { EXAMPLE_ID } from '../http/examples.js';
import { Route } from '../http/route.js';
import { closed, optional } from '../http/schemas.js';
import { type FedEvent, fed } from './event-feed.js';
import { streamEvents } from './event-stream.js';

const AFTER = optional(
  Type.Integer({
    minimum: BEFORE_FIRST,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'The position of the last event that you have; from the first when left out.',
  }),
);
const names = (description: string) =>
  optional(
    Type.String({
      maxLength: 1_000,
      pattern: '^[A-Za-z]+(?:,[A-Za-z]+)*$',
      description,
    }),
  );
const FEED_QUERY = closed({
  after: AFTER,
  limit: optional(
    Type.Integer({ minimum: 1, maximum: 200, description: 'Most events. Default 100.' }),
  ),
  types: names('Only events of these types: LeadCaptured,LeadConverted'),
  streams: names('Only events of streams of these kinds: lead,opportunity'),
});
const EXAMPLE = {
  position: 1207,
  id: EXAMPLE_ID,
  type: 'LeadTagged',
  stream: `lead-${EXAMPLE_ID}`,
  revision: 3,
  data: { added: ['VIP'], removed: [] },
  metadata: { actor: { kind: 'user', id: EXAMPLE_ID } },
};

interface FeedPage {
  readonly events: readonly FedEvent[];
  /** Give it as `after` to go on. */
  readonly next: number;
  /** False when nothing is left for now. */
  readonly more: boolean;
}

/** Streams are named by their kind and an id; the settings are one stream alone. */
function prefixOf(kind: string): string {
  return kind === SETTINGS_STREAM ? kind : `${kind}-`;
}

/** The event feed (PRODUCT.md P8): everything that happened, in order. */
@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(
    @Inject(LEADLEDGER) private readonly ledger: Leadledger,
    @Inject(DRAIN) private readonly drain: Drain,
  ) {}

  @Route('GET', '', {
    summary: 'Reads events in the order of the log',
    access: Requires('audit'),
    query: FEED_QUERY,
    answer: {
      description: 'Events after a position.',
      schema: 'EventPage',
      example: { events: [EXAMPLE], next: 1207, more: false },
    },
  })
  async read(
    @Query() { after, limit = 100, types, streams }: Static<typeof FEED_QUERY>,
  ): Promise<FeedPage> {
    const page = await this.ledger.read.queries.readHistoryEvents({
      ...{ limit, personal: true },
      ...(after !== undefined && { after }),
      ...(types !== undefined && { types: types.split(',') }),
      ...(streams !== undefined && { prefixes: streams.split(',').map(prefixOf) }),
    });
    return { events: page.events.map(fed), next: page.position, more: page.more };
  }

  @Route('GET', 'stream', {
    summary: 'Streams events as they happen',
    description: 'Server-sent events; go on after a break with Last-Event-ID, as browsers do.',
    access: Requires('audit'),
    query: closed({ after: AFTER }),
    answer: {
      description: 'Events, each with its position as id.',
      schema: 'Text',
      example: 'id: 1207\nevent: LeadTagged\ndata: {"position":1207}\n\n',
      mediaType: 'text/event-stream',
    },
  })
  async stream(
    @Query() { after }: { after?: number },
    @Principal() { userId }: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const from = lastEventId(request) ?? after ?? BEFORE_FIRST;
    const { stores, people } = this.ledger;
    const mayGoOn = () => {
      const principal = people.directory.principalOf(userId);
      return principal !== undefined && mayAtAll(principal, 'audit');
    };
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    reply.raw.write(': open\n\n');
    const { signal } = this.drain;
    await streamEvents(reply.raw, stores.log, { after: from, signal, mayGoOn });
  }
}

function lastEventId({ headers }: FastifyRequest): number | undefined {
  const id = headers['last-event-id'];
  if (id === undefined) return undefined;
  if (typeof id === 'string' && /^(?:-1|0|[1-9]\d{0,14})$/.test(id)) return Number(id);
  const message = 'This must be the id of an event that was streamed.';
  refuseInvalid([{ path: 'Last-Event-ID', code: 'invalid_header', message }]);
  return undefined;
}
