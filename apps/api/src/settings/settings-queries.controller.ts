import { Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Static } from '@sinclair/typebox';
import { Requires, SignedIn } from '#access';
import { SETTINGS_STREAM, type Settings } from '#crm';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerVersion } from '../http/answers.js';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { closed } from '../http/schemas.js';
import { AS_OF_QUERY, asOfFrom } from '../reading/as-of.js';
import {
  HISTORY_QUERY,
  type History,
  type HistoryQuery,
  historyOf,
} from '../reading/stream-history.js';

const { asOf: AT, by: BY } = AS_OF_QUERY.properties;
const AS_OF = closed({ asOf: AT, by: BY });

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
      schema: 'History',
      example: { items: [{ type: 'PipelineRenamed', revision: 2 }] },
    },
  })
  history(@Query() query: HistoryQuery): Promise<History> {
    return historyOf(this.ledger, SETTINGS_STREAM, query);
  }
}
