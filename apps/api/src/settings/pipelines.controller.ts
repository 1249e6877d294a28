import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { SettingsResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { changeSettings, settingsRoute } from './change-settings.js';
import {
  ADD_STAGE_BODY,
  type AddStageBody,
  EDIT_STAGE_BODY,
  type EditStageBody,
  ORDER_BODY,
  PIPELINE_BODY,
  PIPELINE_PARAM,
  type PipelineBody,
  RENAME_BODY,
  STAGE_PARAMS,
} from './settings-schemas.js';

const STAGE = { id: 'qualified', name: 'Đủ điều kiện', probability: 40 };

/** Pipelines and their stages (PRODUCT.md P7). */
@ApiTags('settings')
@Controller('v1/settings/pipelines')
export class PipelinesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route(
    'POST',
    '',
    settingsRoute({
      summary: 'Sets up a pipeline',
      body: PIPELINE_BODY,
      example: {
        pipelineId: 'projects',
        recordType: 'opportunity',
        name: 'Dự án',
        stages: [STAGE],
      },
    }),
  )
  define(@Body() body: PipelineBody, @Call() call: Call): Promise<SettingsResult> {
    const recordType = body.recordType as 'lead' | 'opportunity';
    return changeSettings(this.ledger, call, { kind: 'define-pipeline', ...body, recordType });
  }

  @Route(
    'PATCH',
    ':pipelineId',
    settingsRoute({
      summary: 'Renames a pipeline',
      params: PIPELINE_PARAM,
      body: RENAME_BODY,
      example: { name: 'Dự án lớn' },
    }),
  )
  rename(
    @Param('pipelineId') pipelineId: string,
    @Body() { name }: { readonly name: string },
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'rename-pipeline', pipelineId, name });
  }

  @Route(
    'DELETE',
    ':pipelineId',
    settingsRoute({
      summary: 'Retires a pipeline: it takes no new records',
      params: PIPELINE_PARAM,
    }),
  )
  retire(@Param('pipelineId') pipelineId: string, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'retire-pipeline', pipelineId });
  }

  @Route(
    'POST',
    ':pipelineId/stages',
    settingsRoute({
      summary: 'Adds a stage to a pipeline',
      params: PIPELINE_PARAM,
      body: ADD_STAGE_BODY,
      example: { stage: STAGE, index: 2 },
    }),
  )
  addStage(
    @Param('pipelineId') pipelineId: string,
    @Body() body: AddStageBody,
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'add-stage', pipelineId, ...body });
  }

  @Route(
    'PATCH',
    ':pipelineId/stages/:stageId',
    settingsRoute({
      summary: 'Edits a stage',
      params: STAGE_PARAMS,
      body: EDIT_STAGE_BODY,
      example: { probability: 50 },
    }),
  )
  editStage(
    @Param() { pipelineId, stageId }: { readonly pipelineId: string; readonly stageId: string },
    @Body() body: EditStageBody,
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'edit-stage', pipelineId, stageId, ...body });
  }

  @Route(
    'PUT',
    ':pipelineId/stages',
    settingsRoute({
      summary: 'Puts the stages of a pipeline in another order',
      params: PIPELINE_PARAM,
      body: ORDER_BODY,
      example: { stageIds: ['new', 'qualified', 'contacted'] },
    }),
  )
  reorder(
    @Param('pipelineId') pipelineId: string,
    @Body() { stageIds }: { readonly stageIds: readonly string[] },
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'reorder-stages', pipelineId, stageIds });
  }

  @Route(
    'DELETE',
    ':pipelineId/stages/:stageId',
    settingsRoute({
      summary: 'Retires a stage: no record enters it any more',
      params: STAGE_PARAMS,
    }),
  )
  retireStage(
    @Param() { pipelineId, stageId }: { readonly pipelineId: string; readonly stageId: string },
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'retire-stage', pipelineId, stageId });
  }

  @Route(
    'POST',
    ':pipelineId/restoration',
    settingsRoute({ summary: 'Brings a retired pipeline back', params: PIPELINE_PARAM }),
  )
  restore(@Param('pipelineId') pipelineId: string, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'restore-pipeline', pipelineId });
  }

  @Route(
    'POST',
    ':pipelineId/stages/:stageId/restoration',
    settingsRoute({ summary: 'Brings a retired stage back, where it stood', params: STAGE_PARAMS }),
  )
  restoreStage(
    @Param() { pipelineId, stageId }: { readonly pipelineId: string; readonly stageId: string },
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'restore-stage', pipelineId, stageId });
  }
}
