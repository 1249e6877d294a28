import { Body, type Type as Class, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import { aRecord, PLURALS, type RecordType, recordName, type Uuid } from '#crm';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { COMMAND_ANSWER, EXAMPLE_ID } from '../http/examples.js';
import { named } from '../http/named.js';
import { Route } from '../http/route.js';
import { closed, id, OCCURRED_AT, optional, orNull } from '../http/schemas.js';
import { onRecord } from './on-record.js';
import { TAGS } from './record-schemas.js';

interface Assignment {
  readonly ownerId?: Uuid | null;
  readonly teamId?: Uuid | null;
}
interface Tagging {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** Who works on a record, and its tags. */
export function recordWorkController(type: RecordType): Class {
  @ApiTags(PLURALS[type])
  @Controller(`v1/${PLURALS[type]}`)
  class RecordWorkController {
    constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

    @Route('POST', ':id/assignment', {
      summary: `Gives ${aRecord(type)} to a user or a team`,
      description: 'A side left out stays; null empties it.',
      access: Requires('assign', type),
      body: closed({
        ownerId: optional(orNull(id('The user.'))),
        teamId: optional(orNull(id('The team.'))),
        ...OCCURRED_AT,
      }),
      example: { ownerId: EXAMPLE_ID },
      answer: COMMAND_ANSWER,
      command: true,
      conditional: true,
    })
    assign(@Body() { ownerId, teamId }: Assignment, @Call() call: Call): Promise<CommandResult> {
      return onRecord(this.ledger, type, call, {
        kind: 'assign',
        ...(ownerId !== undefined && { ownerId }),
        ...(teamId !== undefined && { teamId }),
      });
    }

    @Route('POST', ':id/tags', {
      summary: `Adds tags to ${aRecord(type)} and takes tags off`,
      access: Requires('edit', type),
      body: closed({
        add: TAGS('Tags to add.'),
        remove: TAGS('Tags to take off.'),
        ...OCCURRED_AT,
      }),
      example: { add: ['VIP'], remove: ['Mới'] },
      answer: COMMAND_ANSWER,
      command: true,
      conditional: true,
    })
    tag(@Body() { add = [], remove = [] }: Tagging, @Call() call: Call): Promise<CommandResult> {
      return onRecord(this.ledger, type, call, { kind: 'tag', add, remove });
    }
  }
  return named(RecordWorkController, `${recordName(type)}RecordWork`);
}
