import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { Requires } from '#access';
import type { Uuid } from '#crm';
import { type ConversionResult, convertAll } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { EXAMPLE_ID } from '../http/examples.js';
import { Route } from '../http/route.js';
import { closed, id as idOf, line, OCCURRED_AT, optional } from '../http/schemas.js';
import { answerConversion } from './answer-conversion.js';
import { type BulkResult, bulkResult } from './bulk-result.js';
import { CHOICES, type ChoicesBody, EXAMPLE_CHOICES, requestFrom } from './choices.js';
import { EXAMPLE_CONVERSION, EXAMPLE_PREVIEW } from './examples.js';
import { type PreviewAnswer, previewAnswer } from './preview-answer.js';

const BASIS = {
  basis: optional(
    line('`basis` of the preview that you saw: 409 when the plan is another by now.'),
  ),
};
const BULK = closed({
  leadIds: Type.Array(idOf('A lead.'), { minItems: 1, maxItems: 200 }),
  ...CHOICES,
  ...OCCURRED_AT,
});

/** Converting leads (PRODUCT.md P2). */
@ApiTags('conversions')
@Controller('v1/leads')
export class ConversionController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('POST', ':id/conversion/preview', {
    summary: 'Tells what converting a lead would do',
    description: 'Commits nothing. What stands in the way is listed as obstacles.',
    access: Requires('convert', 'lead'),
    body: closed(CHOICES),
    example: EXAMPLE_CHOICES,
    answer: {
      description: 'What would be done, and on what that rests.',
      schema: 'ConversionPreview',
      example: EXAMPLE_PREVIEW,
    },
    refusals: [409, 422],
  })
  async preview(
    @Param('id') id: Uuid,
    @Body() body: ChoicesBody,
    @Call() { request }: Call,
  ): Promise<PreviewAnswer> {
    const { conversions } = this.ledger.write;
    const envelope = envelopeOf(request, this.ledger);
    return previewAnswer(await conversions.preview(id, requestFrom(body), envelope));
  }

  @Route('POST', ':id/conversion', {
    summary: 'Converts a lead',
    description: 'Answers when every record that it creates or updates is written.',
    access: Requires('convert', 'lead'),
    body: closed({ ...CHOICES, ...BASIS, ...OCCURRED_AT }),
    example: EXAMPLE_CHOICES,
    answer: {
      description: 'Converted.',
      schema: 'ConversionResult',
      example: EXAMPLE_CONVERSION,
    },
    command: true,
    conditional: true,
  })
  convert(@Body() body: ChoicesBody, @Call() call: Call): Promise<ConversionResult> {
    const { basis } = body;
    const command = { request: requestFrom(body), ...(basis !== undefined && { basis }) };
    return answerConversion(this.ledger, call, async () => command);
  }

  @Route('POST', 'conversions', {
    summary: 'Converts a selection of leads',
    description: 'Each lead is a command of its own: one that is refused does not stop the rest.',
    access: Requires('convert', 'lead'),
    body: BULK,
    example: { leadIds: [EXAMPLE_ID], contact: { action: 'create' } },
    answer: {
      description: 'What became of each lead, in the order given.',
      schema: 'BulkConversion',
      example: {
        converted: 1,
        refused: 0,
        results: [{ leadId: EXAMPLE_ID, result: EXAMPLE_CONVERSION }],
      },
    },
    command: true,
  })
  async convertAll(
    @Body() body: Static<typeof BULK>,
    @Call() { request }: Call,
  ): Promise<BulkResult> {
    const { leadIds, ...choices } = body;
    const command = { request: requestFrom(choices) };
    const envelope = envelopeOf(request, this.ledger);
    const { conversions } = this.ledger.write;
    return bulkResult(
      await convertAll(conversions, leadIds, command, envelope),
      this.ledger.logger,
    );
  }
}
