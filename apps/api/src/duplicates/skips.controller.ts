import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import type { Uuid } from '#crm';
import { DUPLICATES, SKIPS, type Skip, type Walked } from '#read-side';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand, answerCreation, answerVersion } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER, CREATED_ANSWER } from '../http/examples.js';
import { Route } from '../http/route.js';
import { AFTER, closed } from '../http/schemas.js';
import { caughtUp } from '../reading/caught-up.js';
import { noSuch } from '../reading/visible-record.js';
import { deletable, someDeletable } from './deletable.js';
import { EXAMPLES, OF_TYPE, type OfType, SKIP, type SkipBody } from './duplicate-schemas.js';

const READ = [DUPLICATES.name, SKIPS.name];

/** Pairs that look like the same and are not (PRODUCT.md P4). */
@ApiTags('duplicates')
@Controller('v1/duplicates/skips')
export class SkipsController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('POST', '', {
    summary: 'Remembers of two records that they are no duplicates',
    description:
      'For everybody, whatever keys they share or come to share. Needs the right to delete both. Said twice it has one effect.',
    access: Requires('delete'),
    body: SKIP,
    example: { records: EXAMPLES.refs },
    answer: CREATED_ANSWER,
    command: true,
  })
  async skip(@Body() { records }: SkipBody, @Call() call: Call): Promise<CommandResult> {
    const envelope = envelopeOf(call.request, this.ledger);
    const result = await this.ledger.write.duplicateSkips.skip(records, envelope);
    return answerCreation(call.reply, 'v1/duplicates/skips', result);
  }

  @Route('DELETE', ':id', {
    summary: 'Takes back that two records are no duplicates',
    access: Requires('delete'),
    answer: COMMAND_ANSWER,
    command: true,
    conditional: true,
  })
  async withdraw(@Param('id') id: Uuid, @Call() call: Call): Promise<CommandResult> {
    const envelope = envelopeOf(call.request, this.ledger);
    return answerCommand(call.reply, await this.ledger.write.duplicateSkips.withdraw(id, envelope));
  }

  @Route('GET', '', {
    summary: 'Lists the pairs that are no duplicates',
    description: 'The latest first. Those of whose records you may not delete both are left out.',
    access: Requires('delete'),
    query: OF_TYPE,
    answer: { description: 'A page.', schema: 'SkipPage', example: { items: [EXAMPLES.skip] } },
    refusals: [503],
  })
  async list(
    @Query() { after, ...asked }: OfType,
    @Call() { request }: Call,
  ): Promise<Walked<Skip>> {
    const access = someDeletable(request, asked.type);
    await caughtUp(this.ledger, after, READ);
    return this.ledger.read.queries.listSkips({ ...asked, access });
  }

  @Route('GET', ':id', {
    summary: 'Tells of one such pair, withdrawn or not',
    access: Requires('delete'),
    query: closed({ after: AFTER }),
    answer: { description: 'The pair.', schema: 'Skip', example: EXAMPLES.skip },
    refusals: [503],
  })
  async get(@Param('id') id: Uuid, @Call() call: Call): Promise<Skip | undefined> {
    const { after } = call.request.query as { readonly after?: number };
    await caughtUp(this.ledger, after, READ);
    const accessTo = deletable.bind(undefined, call.request);
    const skip = await this.ledger.read.queries.getSkip({ id, accessTo });
    if (!skip) throw noSuch('pair');
    return answerVersion(call, skip.revision, skip);
  }
}
