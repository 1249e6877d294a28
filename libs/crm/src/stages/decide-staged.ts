import type { DecisionContext } from '../kernel/decider.js';
import { Refusal } from '../kernel/refusal.js';
import { decideRecord } from '../record/decide-record.js';
import { isEmptyValue } from '../record/field.js';
import type { RecordEvent } from '../record/record-events.js';
import { fieldValue } from '../record/record-state.js';
import { recordName } from '../record/record-type.js';
import { requireLive } from '../record/require-live.js';
import type { Stage } from '../settings/settings.js';
import { pipelineFor, stageIn } from './place.js';
import type { ChangeStage, Lose, Reopen, StagedCommand, WithNote } from './staged-commands.js';
import type { StagedEvent } from './staged-events.js';
import type { Outcome, StagedState } from './staged-state.js';

type Decided = readonly (StagedEvent | RecordEvent)[];

/** Decides the commands of moving through stages, for leads and opportunities alike. */
export function decideStaged(
  state: StagedState,
  command: StagedCommand,
  context: DecisionContext,
): Decided {
  requireLive(state);
  switch (command.kind) {
    case 'change-stage':
      return changeStage(state, command, context);
    case 'lose':
      return lose(state, command, context);
    case 'reopen':
      return reopen(state, command, context);
    default: {
      const unknown: never = command;
      return unknown;
    }
  }
}

function changeStage(state: StagedState, command: ChangeStage, context: DecisionContext): Decided {
  const pipeline = pipelineFor(
    state.type,
    command.pipelineId ?? state.pipelineId,
    context.settings,
  );
  const stage = stageIn(pipeline, command.stageId);
  const noted = note(state, command, context);
  if (pipeline.id === state.pipelineId && stage.id === state.stageId) return noted;
  refuseUnfilled(state, stage);
  if (stage.marker === 'lost' && state.outcome !== 'lost') {
    if (!command.reason?.trim()) throw reasonNeeded();
    const lost = lostEvent(state, { reason: command.reason });
    return [moved(state, { pipelineId: pipeline.id, stageId: stage.id }, context), lost, ...noted];
  }
  return [
    moved(state, { pipelineId: pipeline.id, stageId: stage.id }, context, command.reason),
    ...outcomeAt(state, stage),
    ...noted,
  ];
}

/** The outcome that a stage brings with it: entering a won stage wins, entering an open one reopens. */
function outcomeAt(state: StagedState, stage: Stage): readonly StagedEvent[] {
  if (stage.marker === 'lost') return [];
  const outcome: Outcome = stage.marker === 'won' && state.type === 'opportunity' ? 'won' : 'open';
  if (outcome === state.outcome) return [];
  return outcome === 'won'
    ? [{ type: 'OpportunityWon', data: {} }]
    : [{ type: `${recordName(state.type)}Reopened`, data: {} }];
}

function lose(state: StagedState, command: Lose, context: DecisionContext): Decided {
  if (!command.reason.trim()) throw reasonNeeded();
  if (state.outcome === 'lost' && state.lostReason === command.reason.trim()) return [];
  return [
    lostEvent(state, command),
    ...toMarked(state, 'lost', context),
    ...note(state, command, context),
  ];
}

function reopen(state: StagedState, command: Reopen, context: DecisionContext): Decided {
  if (state.outcome === 'open') return note(state, command, context);
  const data = command.reason ? { reason: command.reason } : {};
  return [
    { type: `${recordName(state.type)}Reopened`, data },
    ...backToOpen(state, context),
    ...note(state, command, context),
  ];
}

/** A reopened record does not stay in a won or lost stage: it goes to the last open one before it. */
function backToOpen(state: StagedState, context: DecisionContext): readonly StagedEvent[] {
  const pipeline = context.settings.pipelines.find(({ id }) => id === state.pipelineId);
  const index = pipeline?.stages.findIndex(({ id }) => id === state.stageId) ?? -1;
  const closed = ['won', 'lost'].includes(pipeline?.stages[index]?.marker ?? '');
  if (!pipeline || !closed) return [];
  const open = pipeline.stages
    .slice(0, index)
    .filter(({ marker, retired }) => !retired && marker !== 'won' && marker !== 'lost');
  const stageId = open.at(-1)?.id;
  return stageId ? [moved(state, { pipelineId: pipeline.id, stageId }, context)] : [];
}

/** Moves to the first stage of the record's pipeline that bears the marker, if there is one. */
export function toMarked(
  state: StagedState,
  marker: Stage['marker'],
  context: DecisionContext,
): readonly StagedEvent[] {
  const pipeline = context.settings.pipelines.find(({ id }) => id === state.pipelineId);
  const stage = pipeline?.stages.find(
    (candidate) => candidate.marker === marker && !candidate.retired,
  );
  const current = pipeline?.stages.find(({ id }) => id === state.stageId);
  if (!pipeline || !stage || current?.marker === marker) return [];
  return [moved(state, { pipelineId: pipeline.id, stageId: stage.id }, context)];
}

function moved(
  state: StagedState,
  to: { readonly pipelineId: string; readonly stageId: string },
  { occurredAt }: DecisionContext,
  reason?: string,
): StagedEvent {
  const since = state.stageSince ?? state.createdAt;
  return {
    type: `${recordName(state.type)}StageChanged`,
    data: {
      from: { pipelineId: state.pipelineId ?? '', stageId: state.stageId ?? '' },
      to,
      stoodMs: Math.max(0, Date.parse(occurredAt) - Date.parse(since)) || 0,
      ...(reason?.trim() && { reason: reason.trim() }),
    },
  };
}

function lostEvent(
  state: StagedState,
  { reason, detail }: Pick<Lose, 'reason' | 'detail'>,
): StagedEvent {
  const data = { reason: reason.trim(), ...(detail?.trim() && { detail: detail.trim() }) };
  return { type: `${recordName(state.type)}Lost`, data };
}

/** The note that came with a change, as an event beside it. */
export function note(
  state: StagedState,
  command: WithNote,
  context: DecisionContext,
): readonly RecordEvent[] {
  const attachments = command.attachments ?? [];
  if (!command.note?.trim() && attachments.length === 0) return [];
  return decideRecord(state, { kind: 'add-note', text: command.note ?? '', attachments }, context);
}

function refuseUnfilled(state: StagedState, stage: Stage): void {
  const empty = stage.requiredFields.filter((field) => isEmptyValue(fieldValue(state, field)));
  if (empty.length === 0) return;
  throw new Refusal('rule', 'stage_requires_fields', 'The stage needs fields that are empty.', {
    errors: empty.map((path) => ({
      path,
      code: 'required',
      message: 'The stage needs this field.',
    })),
  });
}

function reasonNeeded(): Refusal {
  return new Refusal('rule', 'reason_required', 'Say why it is lost.', {
    errors: [{ path: 'reason', code: 'required', message: 'A reason is needed.' }],
  });
}
