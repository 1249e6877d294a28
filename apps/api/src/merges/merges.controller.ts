import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import type { Uuid } from '#crm';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand, answerCreation } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { EXAMPLE_ID } from '../http/examples.js';
import { Route } from '../http/route.js';
import {
  type MergeAnswer,
  type MergePreviewAnswer,
  mergeAnswer,
  mergePreviewAnswer,
} from './merge-answers.js';
import {
  EXAMPLE_SELECTION,
  MERGE_BODY,
  type MergeBody,
  PREVIEW_BODY,
  requestFrom,
  type SelectionBody,
  UNDO_BODY,
  UNDO_PREVIEW_BODY,
  type UndoBody,
} from './merge-schemas.js';
import {
  type UndoAnswer,
  type UndoPreviewAnswer,
  undoAnswer,
  undoPreviewAnswer,
} from './undo-answers.js';

const SURVIVOR = { type: 'lead', id: EXAMPLE_ID };
const [, AWAY] = EXAMPLE_SELECTION.records;
const EXAMPLE = {
  ...{ id: EXAMPLE_ID, revision: 4, position: 4711, survivor: SURVIVOR, mergedAway: [AWAY] },
  changes: [{ field: 'email', to: 'khuong@example.vn', sources: [AWAY] }],
  ...{ tags: ['VIP'], lost: [] },
};

const EXAMPLE_CONFLICT = { record: SURVIVOR, field: 'email', decision: 'revert' };
const EXAMPLE_VALUES = { current: 'k@example.vn', merged: 'khuong@example.vn' };
const EXAMPLE_DECISIONS = { conflicts: [EXAMPLE_CONFLICT] };

/** Merging records and taking it back (PRODUCT.md P3). */
@ApiTags('merges')
@Controller('v1/merges')
export class MergesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('POST', 'preview', {
    summary: 'Tells what merging records would do',
    description:
      'Commits nothing. Every field is told with what each record has in it and what wins. What stands in the way is listed as obstacles.',
    access: Requires('merge'),
    body: PREVIEW_BODY,
    example: EXAMPLE_SELECTION,
    answer: {
      description: 'What would be done, and on what that rests.',
      schema: 'MergePreview',
      example: { survivor: SURVIVOR, mergedAway: [AWAY], fields: [], lost: [] },
    },
    refusals: [409, 422],
  })
  async preview(
    @Body() body: SelectionBody,
    @Call() { request }: Call,
  ): Promise<MergePreviewAnswer> {
    const envelope = envelopeOf(request, this.ledger);
    return mergePreviewAnswer(await this.ledger.write.merges.preview(requestFrom(body), envelope));
  }

  @Route('POST', '', {
    summary: 'Merges records',
    description:
      'Needs the right to edit the survivor and to delete the others. Answers when everything is written.',
    access: Requires('merge'),
    body: MERGE_BODY,
    example: EXAMPLE_SELECTION,
    answer: { status: 201, description: 'Merged.', schema: 'MergeResult', example: EXAMPLE },
    command: true,
  })
  async merge(@Body() body: MergeBody, @Call() { request, reply }: Call): Promise<MergeAnswer> {
    const { basis } = body;
    const command = { request: requestFrom(body), ...(basis !== undefined && { basis }) };
    const envelope = envelopeOf(request, this.ledger);
    const merged = mergeAnswer(await this.ledger.write.merges.merge(command, envelope));
    return answerCreation(reply, 'v1/merges', merged);
  }

  @Route('POST', ':id/undo/preview', {
    summary: 'Tells what undoing a merge would do',
    description:
      'Commits nothing. Lists what comes back, what stays, and fields that were changed since, for each of which you may decide: on the survivor, and on every record that it was merged into since, each named as `record`. Needs the rights that undoing needs.',
    access: Requires('merge'),
    body: UNDO_PREVIEW_BODY,
    example: EXAMPLE_DECISIONS,
    answer: {
      description: 'What would be done, and on what that rests.',
      schema: 'MergeUndoPreview',
      example: {
        ...{ survivor: SURVIVOR, livingEnd: SURVIVOR, restores: [AWAY] },
        ...{ changes: [{ record: SURVIVOR, field: 'need', from: 'Camera' }], removedTags: ['VIP'] },
        ...{ conflicts: [{ ...EXAMPLE_CONFLICT, ...EXAMPLE_VALUES }], stays: [] },
        basis: EXAMPLE_ID,
      },
    },
    refusals: [409, 422, 503],
  })
  async undoPreview(
    @Param('id') id: Uuid,
    @Body() { conflicts = {} }: UndoBody,
    @Call() { request }: Call,
  ): Promise<UndoPreviewAnswer> {
    const envelope = envelopeOf(request, this.ledger);
    return undoPreviewAnswer(await this.ledger.write.undoing.preview(id, conflicts, envelope));
  }

  @Route('POST', ':id/undo', {
    summary: 'Undoes a merge',
    description:
      'Once for each merge: to merge again is a new merge. Needs the right to edit every record that it changes: the survivor and all that it was merged into since; and to merge and delete those that come back. Answers when everything is written.',
    access: Requires('merge'),
    body: UNDO_BODY,
    example: EXAMPLE_DECISIONS,
    answer: {
      description: 'Undone.',
      schema: 'MergeUndoResult',
      example: {
        ...{ id: EXAMPLE_ID, revision: 6, position: 4720, undoId: EXAMPLE_ID },
        ...{ survivor: SURVIVOR, restored: [AWAY], kept: [] },
      },
    },
    command: true,
    refusals: [503],
  })
  async undo(
    @Param('id') id: Uuid,
    @Body() { conflicts: decisions = {}, basis }: UndoBody,
    @Call() { request, reply }: Call,
  ): Promise<UndoAnswer> {
    const command = { decisions, ...(basis !== undefined && { basis }) };
    const envelope = envelopeOf(request, this.ledger);
    const { undoing } = this.ledger.write;
    return answerCommand(reply, undoAnswer(await undoing.undo(id, command, envelope)));
  }
}
