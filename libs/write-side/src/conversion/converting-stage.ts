import {
  type ChangeStage,
  type DecisionContext,
  type DomainEvent,
  decideStaged,
  type LeadState,
  Refusal,
  stageOf,
} from '#crm';

/**
 * The change of stage that carries a conversion: it must go to a stage that stands for one.
 * @throws Refusal `stage_does_not_convert` (422); whatever the change of stage is refused with
 */
export function convertingStage(
  state: LeadState,
  stage: ChangeStage,
  context: DecisionContext,
): readonly DomainEvent[] {
  const pipelineId = stage.pipelineId ?? state.pipelineId;
  const marker = stageOf(context.settings, pipelineId, stage.stageId)?.marker;
  // A stage that cannot be gone to at all is refused as such.
  const events = decideStaged(state, stage, context);
  if (marker === 'complete-lead' || marker === 'signed-deposit') return events;
  throw new Refusal('rule', 'stage_does_not_convert', 'The stage does not convert leads.', {
    errors: [{ path: 'conversion', code: 'stage_does_not_convert', message: 'Leave it out here.' }],
  });
}
