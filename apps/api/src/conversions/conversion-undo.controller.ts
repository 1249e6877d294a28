import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import type { Uuid } from '#crm';
import type { ConversionResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { Route } from '../http/route.js';
import { EXAMPLE_UNDO_PREVIEW, EXAMPLE_UNDONE } from './examples.js';
import { type UndoPreviewAnswer, undoPreviewAnswer } from './undo-preview-answer.js';
import { EXAMPLE_DECISIONS, UNDO_BODY, UNDO_PREVIEW_BODY, type UndoBody } from './undo-schemas.js';

/** Taking conversions back (PRODUCT.md P2, last rule). */
@ApiTags('conversions')
@Controller('v1/conversions')
export class ConversionUndoController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('POST', ':id/undo/preview', {
    summary: 'Tells what undoing a conversion would do',
    description:
      'Undoes nothing. Lists the records that would be withdrawn, what would be taken back on others, what stays and why, and what was changed since, for each of which you may decide.',
    access: Requires('convert', 'lead'),
    body: UNDO_PREVIEW_BODY,
    example: EXAMPLE_DECISIONS,
    answer: {
      description: 'What would be done, and on what that rests.',
      schema: 'ConversionUndoPreview',
      example: EXAMPLE_UNDO_PREVIEW,
    },
    refusals: [409, 422, 503],
  })
  async preview(
    @Param('id') id: Uuid,
    @Body() { conflicts = {} }: UndoBody,
    @Call() { request }: Call,
  ): Promise<UndoPreviewAnswer> {
    const envelope = envelopeOf(request, this.ledger);
    const { conversionUndoing } = this.ledger.write;
    return undoPreviewAnswer(await conversionUndoing.preview(id, conflicts, envelope));
  }

  @Route('POST', ':id/undo', {
    summary: 'Undoes a conversion',
    description:
      'Once for each conversion: to convert again is a new conversion. Needs the right to delete what is withdrawn and to edit what is taken back. `If-Match` is about the lead. Answers when everything is written.',
    access: Requires('convert', 'lead'),
    body: UNDO_BODY,
    example: EXAMPLE_DECISIONS,
    answer: { description: 'Undone.', schema: 'ConversionResult', example: EXAMPLE_UNDONE },
    command: true,
    conditional: true,
    refusals: [503],
  })
  async undo(
    @Param('id') id: Uuid,
    @Body() { conflicts: decisions = {}, basis }: UndoBody,
    @Call() { request, reply }: Call,
  ): Promise<ConversionResult> {
    const command = { decisions, ...(basis !== undefined && { basis }) };
    const envelope = envelopeOf(request, this.ledger);
    const { conversionUndoing } = this.ledger.write;
    return answerCommand(reply, await conversionUndoing.undo(id, command, envelope));
  }
}
