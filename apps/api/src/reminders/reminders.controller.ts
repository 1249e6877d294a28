import { Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Static } from '@sinclair/typebox';
import { Principal, SignedIn } from '#access';
import type { TimedRef } from '#crm';
import { type Circle, DEADLINES, type Overdue } from '#read-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { Route } from '../http/route.js';
import { closed, oneOf, optional } from '../http/schemas.js';
import { caughtUp } from '../reading/caught-up.js';
import { PAGING } from '../reading/list-query.js';
import { type Listed, pageOf } from '../reading/page-of.js';
import { readable } from '../reading/visible-record.js';

const QUERY = closed({
  whose: optional(
    oneOf(
      ['mine', 'team', 'all'],
      'Yours, with what is your team’s and nobody’s; that of your teams and their members; or all that you may read. Default mine.',
    ),
  ),
  ...PAGING,
});

interface ShownOverdue extends Omit<Overdue, 'id' | 'type' | 'recordId' | 'assigneeId' | 'nextAt'> {
  readonly record: TimedRef;
  readonly nextReminderAt?: string;
}

/** What is overdue (PRODUCT.md P6). */
@ApiTags('reminders')
@Controller('v1/reminders')
export class RemindersController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Lists what is overdue',
    description:
      'Opportunities and activities whose deadline has passed and that nobody has handled, snoozed ones included, the longest overdue first. A short page with a next is not the end.',
    access: SignedIn('Nobody sees but what they may read.'),
    query: QUERY,
    answer: {
      description: 'A page.',
      schema: 'ReminderPage',
      example: {
        items: [
          {
            ...{ record: { type: 'opportunity', id: EXAMPLE_ID }, name: 'Camera cho Minh Phát' },
            ...{ deadlineId: EXAMPLE_ID, startedAt: EXAMPLE_INSTANT, dueAt: EXAMPLE_INSTANT },
            ...{ ownerId: EXAMPLE_ID, reminders: 1, remindedFor: EXAMPLE_INSTANT, position: 1207 },
          },
        ],
      },
    },
    refusals: [503],
  })
  async list(
    @Query() { whose = 'mine', after, ...paging }: Static<typeof QUERY>,
    @Call() { request }: Call,
    @Principal() principal: Principal,
  ): Promise<Listed<ShownOverdue>> {
    await caughtUp(this.ledger, after, [DEADLINES.name, 'opportunities', 'activities']);
    const circle = circleOf(whose, principal);
    const page = await this.ledger.read.queries.listOverdue({
      ...paging,
      now: this.ledger.clock.now(),
      access: {
        opportunity: readable(request, 'opportunity'),
        activity: readable(request, 'activity'),
      },
      ...(circle && { circle }),
    });
    return pageOf(page, shown);
  }
}

function circleOf(
  whose: 'mine' | 'team' | 'all',
  { userId, teamIds, teamMemberIds }: Principal,
): Circle | undefined {
  if (whose === 'all') return undefined;
  if (whose === 'mine') return { ownerIds: [userId], teamIds, isWholeTeam: false };
  return { ownerIds: [...new Set([userId, ...teamMemberIds])], teamIds, isWholeTeam: true };
}

function shown({
  id: _key,
  assigneeId: _same,
  type,
  recordId,
  nextAt,
  ...rest
}: Overdue): ShownOverdue {
  return {
    record: { type, id: recordId },
    ...(rest as Omit<ShownOverdue, 'record'>),
    ...(nextAt !== undefined && { nextReminderAt: nextAt }),
  };
}
