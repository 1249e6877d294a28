import type { AssignmentRule } from '../assignment-rules/assignment-rule.js';
import type { OverdueEntry } from '../overdue/overdue-policy.js';
import type { Recipient, RecipientRule } from '../recipients/recipient-rule.js';
import type { Pipeline, Settings, Stage } from '../settings.js';
import { namedInFilter } from './named-in-filter.js';
import type { Reference, ReferenceTarget } from './reference.js';

/** Everything that settings name: in stages, the overdue policy and rules that are not retired. */
export function referencesIn(settings: Settings): readonly Reference[] {
  return [
    ...settings.pipelines.filter(({ retired }) => !retired).flatMap(namedByPipeline),
    ...settings.overduePolicy.entries.flatMap(namedByPolicy),
    ...settings.assignmentRules.filter(({ retired }) => !retired).flatMap(namedByRule),
    ...settings.recipients.filter(({ retired }) => !retired).flatMap(namedByRecipients),
  ];
}

function namedByPipeline(pipeline: Pipeline): readonly Reference[] {
  return pipeline.stages
    .filter(({ retired }) => !retired)
    .flatMap((stage) => namedByStage(pipeline, stage));
}

/** Default fields are there for ever: only custom ones can go. */
function namedByStage(pipeline: Pipeline, stage: Stage): readonly Reference[] {
  const by = { kind: 'stage', id: `${pipeline.id}/${stage.id}`, name: stage.name } as const;
  return stage.requiredFields.flatMap((name, index): readonly Reference[] => {
    if (!name.startsWith('custom.')) return [];
    const key = name.slice('custom.'.length);
    const within = `requiredFields.${index}`;
    const path = `pipelines.${pipeline.id}.stages.${stage.id}.${within}`;
    const target = { kind: 'field', recordType: pipeline.recordType, key } as const;
    return [{ by, path, within, target, inForce: true }];
  });
}

function namedByPolicy(entry: OverdueEntry, index: number): readonly Reference[] {
  const { id, pipelineId, processingStep, priority, calendarId } = entry;
  const by = { kind: 'overdue-policy', id, name: id } as const;
  const named = (part: string, target: ReferenceTarget): Reference => ({
    by,
    path: `overduePolicy.entries.${id}.${part}`,
    within: `policy.entries.${index}.${part}`,
    target,
    inForce: true,
  });
  const step = { kind: 'entry', catalogue: 'processing-step' } as const;
  return [
    ...(pipelineId === undefined ? [] : [named('pipelineId', { kind: 'pipeline', pipelineId })]),
    ...(processingStep === undefined
      ? []
      : [named('processingStep', { ...step, value: processingStep })]),
    ...(priority === undefined
      ? []
      : [named('priority', { kind: 'entry', catalogue: 'priority', value: priority })]),
    ...(calendarId === undefined ? [] : [named('calendarId', { kind: 'calendar', calendarId })]),
  ];
}

/** What an assignment rule names, retired or not. */
export function namedByRule({
  id,
  name,
  filter,
  handler,
  enabled,
}: AssignmentRule): readonly Reference[] {
  const by = { kind: 'assignment-rule', id, name } as const;
  const named = (within: string, target: ReferenceTarget): Reference => ({
    by,
    path: `assignmentRules.${id}.${within}`,
    within,
    target,
    inForce: enabled,
  });
  return [
    ...namedInFilter(filter).map(({ path, target }) => named(`filter.${path}`, target)),
    handler.kind === 'user'
      ? named('handler.userId', { kind: 'user', userId: handler.userId })
      : named('handler.teamId', { kind: 'team', teamId: handler.teamId }),
  ];
}

function namedByRecipients({ id, name, filter, to }: RecipientRule): readonly Reference[] {
  const by = { kind: 'recipient-rule', id, name } as const;
  const named = (within: string, target: ReferenceTarget): Reference => ({
    by,
    path: `recipients.${id}.${within}`,
    within,
    target,
    inForce: true,
  });
  return [
    ...namedInFilter(filter).map(({ path, target }) => named(`filter.${path}`, target)),
    ...to.flatMap((recipient, index) => namedRecipient(recipient, `to.${index}`, named)),
  ];
}

function namedRecipient(
  recipient: Recipient,
  at: string,
  named: (within: string, target: ReferenceTarget) => Reference,
): readonly Reference[] {
  switch (recipient.kind) {
    case 'user':
      return [named(`${at}.userId`, { kind: 'user', userId: recipient.userId })];
    case 'team':
      return [named(`${at}.teamId`, { kind: 'team', teamId: recipient.teamId })];
    case 'role':
      return [];
  }
}
