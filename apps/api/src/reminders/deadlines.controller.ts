import { Body, type Type as Class, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import { type DeadlineCommand, recordName, type TimedRef, type Uuid } from '#crm';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER, EXAMPLE_INSTANT } from '../http/examples.js';
import { named } from '../http/named.js';
import { Route } from '../http/route.js';
import { closed, instant, OCCURRED_AT } from '../http/schemas.js';

const PATHS = { opportunity: 'opportunities', activity: 'activities' } as const;
const NOUNS = { opportunity: 'an opportunity', activity: 'an activity' } as const;
const COMMAND = { answer: COMMAND_ANSWER, command: true, conditional: true } as const;

/** What can be done about the deadline of an opportunity or activity (PRODUCT.md P6). */
export function deadlineController(type: TimedRef['type']): Class {
  const access = Requires('edit', type);

  @ApiTags(PATHS[type])
  @Controller(`v1/${PATHS[type]}`)
  class DeadlineController {
    constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

    @Route('POST', ':id/deadline/snooze', {
      summary: `Puts off reminders of ${NOUNS[type]}`,
      description: 'What is overdue stays so: only nobody is reminded until then.',
      access,
      body: closed({ until: instant('Until when; at most a year ahead.'), ...OCCURRED_AT }),
      example: { until: EXAMPLE_INSTANT },
      ...COMMAND,
    })
    snooze(
      @Body() { until }: { readonly until: string },
      @Call() call: Call,
    ): Promise<CommandResult> {
      return this.on(call, { kind: 'snooze-deadline', until });
    }

    @Route('POST', ':id/deadline/handled', {
      summary: `Says that what the deadline of ${NOUNS[type]} stood for was dealt with`,
      description:
        'Nobody is reminded any more, and it is not overdue, until time is counted anew: from the next step or assignment.',
      access,
      body: closed(OCCURRED_AT),
      ...COMMAND,
    })
    handled(@Call() call: Call): Promise<CommandResult> {
      return this.on(call, { kind: 'handle-deadline' });
    }

    private async on({ request, reply }: Call, command: DeadlineCommand): Promise<CommandResult> {
      const { id } = request.params as { readonly id: Uuid };
      const envelope = envelopeOf(request, this.ledger);
      const { records, activities } = this.ledger.write;
      const result =
        type === 'activity'
          ? activities.handle(id, command, envelope)
          : records.handle(type, id, command, envelope);
      return answerCommand(reply, await result);
    }
  }
  return named(
    DeadlineController,
    `${type === 'activity' ? 'Activity' : recordName(type)}Deadline`,
  );
}
