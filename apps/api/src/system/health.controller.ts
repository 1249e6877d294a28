import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Open, Requires } from '#access';
import type { HealthKind, HealthReport } from '#platform';
import { answerOf } from '../composition/answer-of.js';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { MOST_PARKED } from '../composition/notifying-health.js';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';

const REPORT = {
  description: 'How each part is; 503 when one is down.',
  schema: 'Health',
  example: {
    status: 'up',
    checks: { projections: { status: 'up', detail: 'Caught up, or nearly.' } },
  },
};

/** What orchestrators and operators ask. */
@ApiTags('system')
@Controller()
export class HealthController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', 'health/live', {
    summary: 'Whether the process is alive',
    access: Open('Orchestrators ask without a token; it tells only that the process runs.'),
    answer: REPORT,
    refusals: [503],
  })
  live(@Call() call: Call): Promise<HealthReport> {
    return this.report('live', call);
  }

  @Route('GET', 'health/ready', {
    summary: 'Whether requests should come here',
    access: Open('Orchestrators ask without a token; it tells states of parts, never data.'),
    answer: REPORT,
    refusals: [503],
  })
  ready(@Call() call: Call): Promise<HealthReport> {
    return this.report('ready', call);
  }

  @Route('GET', 'metrics', {
    summary: 'Figures of the process in the text form of Prometheus',
    // Behind a proxy every caller looks local, so being on this machine opens nothing.
    access: Requires('audit'),
    answer: {
      description: 'The figures.',
      schema: 'Text',
      example: 'leadledger_projection_lag_positions{projection="leads"} 0',
      mediaType: 'text/plain',
    },
  })
  async metrics(@Call() { reply }: Call): Promise<string> {
    const { metrics, read } = this.ledger;
    // The other figures are wanted most while a store is away.
    const answered = await answerOf(read.models.status());
    if (!answered || answered.value.head === undefined) metrics.forgetLags();
    for (const { collection, lag } of answered?.value.models ?? []) {
      if (lag !== undefined) metrics.projectionLag(collection, lag);
    }
    metrics.parkedDeliveries((await answerOf(read.queries.countParked(MOST_PARKED)))?.value);
    reply.header('content-type', metrics.contentType);
    return metrics.text();
  }

  private async report(kind: HealthKind, { reply }: Call): Promise<HealthReport> {
    const report = await this.ledger.health.report(kind);
    reply.header('cache-control', 'no-store');
    if (report.status === 'down') reply.code(503);
    return report;
  }
}
