import { Body, type Type as Class, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import { aRecord, PLURALS, Refusal, recordName, refusalWithin, type StagedType } from '#crm';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerConversion } from '../conversions/answer-conversion.js';
import { CHOICES, type ChoicesBody, requestFrom } from '../conversions/choices.js';
import { Call } from '../http/call.js';
import { COMMAND_ANSWER } from '../http/examples.js';
import { named } from '../http/named.js';
import { Route } from '../http/route.js';
import { closed, line, lines, optional, slug } from '../http/schemas.js';
import { type AccompaniedBody, accompanied, accompanimentIn } from './accompaniment.js';
import { EXAMPLE_FILE } from './attachments.js';
import { onRecord } from './on-record.js';

interface StageBody extends AccompaniedBody {
  readonly pipelineId?: string;
  readonly stageId: string;
  readonly reason?: string;
  readonly conversion?: ChoicesBody;
}
interface LossBody extends AccompaniedBody {
  readonly reason: string;
  readonly detail?: string;
}

const CONDITIONAL = { command: true, conditional: true } as const;

/** Moving through stages, losing and reopening, of leads and opportunities. */
export function stageController(type: StagedType): Class {
  const conversion = optional(
    closed({ ...CHOICES, basis: optional(line('`basis` of the preview that you saw.')) }),
  );

  @ApiTags(PLURALS[type])
  @Controller(`v1/${PLURALS[type]}`)
  class StageController {
    constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

    @Route('POST', ':id/stage', {
      summary: `Moves ${aRecord(type)} to another stage`,
      description: `Fields given with it, such as those that the stage requires, are edited in the same step. ${
        type === 'lead'
          ? 'A stage that stands for a conversion takes the choices of one.'
          : 'A stage marked won or lost decides the opportunity.'
      }`,
      access: Requires('edit', type),
      body: closed({
        pipelineId: optional(slug('The pipeline; that of the record when left out.')),
        stageId: slug('The stage.'),
        reason: optional(lines('Why; needed for a stage marked lost.')),
        ...accompanied(type),
        ...(type === 'lead' && { conversion }),
      }),
      example: { stageId: 'qualified', note: 'Khách đã xem báo giá.', attachments: [EXAMPLE_FILE] },
      answer: COMMAND_ANSWER,
      ...CONDITIONAL,
    })
    async changeStage(@Body() body: StageBody, @Call() call: Call): Promise<CommandResult> {
      const { pipelineId, stageId, reason, conversion: choices } = body;
      const change = {
        kind: 'change-stage',
        stageId,
        ...(pipelineId !== undefined && { pipelineId }),
        ...(reason !== undefined && { reason }),
      } as const;
      if (!choices) {
        return onRecord(this.ledger, type, call, async ({ commandId }, id) => ({
          ...change,
          ...(await this.with(body, commandId, id)),
        }));
      }
      try {
        return await answerConversion(this.ledger, call, async ({ commandId }, id) => ({
          request: requestFrom(choices),
          ...(choices.basis !== undefined && { basis: choices.basis }),
          stage: { ...change, ...(await this.with(body, commandId, id)) },
        }));
      } catch (error) {
        throw error instanceof Refusal ? refusalWithin('conversion', error, isOfChoices) : error;
      }
    }

    @Route('POST', ':id/loss', {
      summary: `Marks ${aRecord(type)} lost`,
      access: Requires('edit', type),
      body: closed({
        reason: line('The reason, as the catalogue names it.'),
        detail: optional(lines('More about it.')),
        ...accompanied(type),
      }),
      example: { reason: 'Giá cao', detail: 'Chọn nhà cung cấp khác.' },
      answer: COMMAND_ANSWER,
      ...CONDITIONAL,
    })
    lose(@Body() body: LossBody, @Call() call: Call): Promise<CommandResult> {
      const { reason, detail } = body;
      return onRecord(this.ledger, type, call, async ({ commandId }, id) => ({
        ...({ kind: 'lose', reason } as const),
        ...(detail !== undefined && { detail }),
        ...(await this.with(body, commandId, id)),
      }));
    }

    @Route('POST', ':id/reopening', {
      summary: `Works on a closed ${type} again`,
      access: Requires('edit', type),
      body: closed({ reason: optional(lines('Why.')), ...accompanied(type) }),
      example: { reason: 'Khách gọi lại.' },
      answer: COMMAND_ANSWER,
      ...CONDITIONAL,
    })
    reopen(
      @Body() body: AccompaniedBody & { readonly reason?: string },
      @Call() call: Call,
    ): Promise<CommandResult> {
      return onRecord(this.ledger, type, call, async ({ commandId }, id) => ({
        kind: 'reopen',
        ...(body.reason !== undefined && { reason: body.reason }),
        ...(await this.with(body, commandId, id)),
      }));
    }

    private with(body: AccompaniedBody, commandId: string, id: string) {
      return accompanimentIn(type, body, commandId, id, this.ledger);
    }
  }
  return named(StageController, `${recordName(type)}Stage`);
}

/** Whether a path is of the choices of a conversion, which are a part of the body here. */
function isOfChoices(path: string): boolean {
  return Object.hasOwn(CHOICES, path.split('.', 1)[0] ?? '');
}
