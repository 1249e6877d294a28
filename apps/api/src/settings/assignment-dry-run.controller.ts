import { Body, Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { Requires } from '#access';
import {
  type AssignmentRule,
  type Instant,
  PLURALS,
  parseInstant,
  Refusal,
  readTriedRule,
  refuseInvalid,
  type TriedRule,
} from '#crm';
import type { RecordDocument } from '#read-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { Route } from '../http/route.js';
import { AFTER, CURSOR, closed, instant, LIMIT, oneOf, optional } from '../http/schemas.js';
import { caughtUp } from '../reading/caught-up.js';
import { type DryRunAnswer, dryRunAnswer } from './dry-run-answer.js';
import { FILTER, HANDLER, RULE_ID } from './rule-schemas.js';

const TIME = closed({
  from: instant('Arrived then or later.'),
  to: instant('Arrived before.'),
});
const BODY = closed({
  ruleId: optional(RULE_ID),
  rule: optional(closed({ filter: FILTER, handler: HANDLER })),
  over: Type.Union([oneOf(['open'], 'Those that are open.'), TIME], {
    description:
      'Open opportunities as they are, or those that arrived within a time, as they arrived.',
  }),
  limit: LIMIT,
  cursor: CURSOR,
});
type DryRun = Static<typeof BODY>;

/** What an assignment rule would do (PRODUCT.md P6). */
@ApiTags('settings')
@Controller('v1/settings/assignment-rules')
export class AssignmentDryRunController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('POST', 'dry-run', {
    summary: 'Tries an assignment rule on opportunities that are there',
    description:
      'Commits nothing. A rule of the settings is tried at its place among them, any other as the last. Turns and open opportunities are counted up from how they stand now, for each page anew.',
    access: Requires('configure'),
    query: closed({ after: AFTER }),
    body: BODY,
    example: {
      rule: {
        filter: { products: 'Ezviz C6T 2MP' },
        handler: { kind: 'team', teamId: EXAMPLE_ID, method: 'round-robin' },
      },
      over: 'open',
    },
    answer: {
      description: 'What it would do with one page of them.',
      schema: 'AssignmentDryRun',
      example: {
        ...{ looked: 50, matched: 1, decided: 1, earlier: [] },
        assignees: [{ ownerId: EXAMPLE_ID, teamId: EXAMPLE_ID, count: 1 }],
        samples: [
          {
            ...{ id: EXAMPLE_ID, name: 'Camera', createdAt: EXAMPLE_INSTANT },
            to: { ownerId: EXAMPLE_ID, teamId: EXAMPLE_ID },
            reason: 'next-in-turn',
          },
        ],
      },
    },
    refusals: [422, 503],
  })
  async dryRun(
    @Body() body: DryRun,
    @Query() { after }: { readonly after?: number },
  ): Promise<DryRunAnswer> {
    const rule = this.ruleOf(body);
    await caughtUp(this.ledger, after, [PLURALS.opportunity]);
    const { clock, write } = this.ledger;
    const { documents, next } = await this.pageOf(body);
    const isHistory = body.over !== 'open';
    const now = clock.now();
    const tried = documents.map((document) => ({
      ...{ document, at: isHistory ? document.createdAt : now },
    }));
    const rehearsed = await write.rehearseRule(rule, tried);
    return { ...dryRunAnswer(documents, rehearsed), ...(next !== undefined && { next }) };
  }

  private ruleOf({ ruleId, rule }: DryRun): AssignmentRule {
    const settings = this.ledger.write.settings.current();
    if ((ruleId === undefined) === (rule === undefined)) {
      const message = 'Name a rule of the settings, or tell one.';
      refuseInvalid([{ path: 'ruleId', code: 'rule_or_its_id', message }]);
    }
    if (rule) return readTriedRule(rule as TriedRule, settings, this.ledger.people);
    const known = settings.assignmentRules.find(({ id }) => id === ruleId);
    if (known) return known;
    const message = 'There is no such assignment rule.';
    throw new Refusal('rule', 'unknown_reference', message, {
      errors: [{ path: 'ruleId', code: 'unknown_reference', message }],
    });
  }

  private pageOf({ over, limit, cursor }: DryRun): Promise<{
    readonly documents: readonly RecordDocument[];
    readonly next?: string;
  }> {
    const { queries } = this.ledger.read;
    const paging = {
      ...(limit !== undefined && { limit }),
      ...(cursor !== undefined && { cursor }),
    };
    if (over === 'open') return queries.openOpportunities(paging);
    const { from, to } = timeOf(over as Static<typeof TIME>);
    return queries.arrivedOpportunities({ ...paging, from, to });
  }
}

function timeOf(raw: Static<typeof TIME>): { readonly from: Instant; readonly to: Instant } {
  const [from, to] = [momentOf(raw.from, 'from'), momentOf(raw.to, 'to')];
  if (to < from) refuseInvalid([{ path: 'over.to', code: 'out_of_range', message: ENDS_FIRST }]);
  return { from, to };
}

const ENDS_FIRST = 'This must not be before `from`.';

function momentOf(raw: string, name: string): Instant {
  const at = parseInstant(raw);
  if (at !== undefined) return at;
  const message = 'This is a moment such as 2026-03-01T09:30:00+07:00.';
  throw new Refusal('invalid', 'invalid_fields', 'Some values cannot be accepted.', {
    errors: [{ path: `over.${name}`, code: 'invalid_instant', message }],
  });
}
