import { Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { Requires, SignedIn } from '#access';
import { SETTINGS_STREAM, type Settings } from '#crm';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { type FedEvent, fed } from '../events/event-feed.js';
import { answerVersion } from '../http/answers.js';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { closed, LIMIT, optional } from '../http/schemas.js';
import { AS_OF_QUERY, asOfFrom } from '../reading/as-of.js';
import type { Listed } from '../reading/page-of.js';

const HISTORY_QUERY = closed({
  before: optional(
    Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Changes before this revision; the latest when left out.',
    }),
  ),
  limit: LIMIT,
});

const { asOf: AT, by: BY } = AS_OF_QUERY.properties;
const AS_OF = closed({ asOf: AT, by: BY });

interface History extends Listed<FedEvent> {
  /** Give it as `before` to go on. */
  readonly before?: number;
}

/** Settings as they are, and who changed what (PRODUCT.md P7). */
@ApiTags('settings')
@Controller('v1/settings')
export class SettingsQueriesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Tells all settings',
    access: SignedIn('Whoever works here needs the stages and fields.'),
    query: AS_OF,
    answer: {
      description: 'The settings.',
      schema: 'Settings',
      example: { revision: 2, pipelines: [], customFields: [], phoneRegion: 'VN', currency: 'VND' },
    },
  })
  async get(
    @Query() query: Static<typeof AS_OF>,
    @Call() call: Call,
  ): Promise<Settings | undefined> {
    const { write, read } = this.ledger;
    const asOf = asOfFrom(query);
    if (asOf) return read.queries.getSettingsAsOf(asOf);
    const settings = write.settings.current();
    return answerVersion(call, Math.max(0, settings.revision), settings);
  }

  @Route('GET', 'history', {
    summary: 'Tells who changed which settings when',
    access: Requires('configure'),
    query: HISTORY_QUERY,
    answer: {
      description: 'Changes, newest first.',
      schema: 'SettingsHistory',
      example: { items: [{ type: 'PipelineRenamed', revision: 2 }] },
    },
  })
  async history(@Query() { before, limit = 50 }: Static<typeof HISTORY_QUERY>): Promise<History> {
    if (before === 0) return { items: [] };
    const { events } = await this.ledger.stores.log.readStream({
      ...{ stream: SETTINGS_STREAM, direction: 'backwards', limit },
      ...(before !== undefined && { from: before - 1 }),
    });
    const last = events.at(-1)?.revision ?? 0;
    return { items: events.map(fed), ...(last > 0 && { before: last }) };
  }
}
