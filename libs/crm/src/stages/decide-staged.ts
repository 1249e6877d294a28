import type { DecisionContext } from '../kernel/decider.js';
import { Refusal } from '../kernel/refusal.js';
import { decideRecord } from '../record/decide-record.js';
import { listedValue, refuseUnlisted } from '../record/listed-values.js';
import type { RecordEvent } from '../record/record-events.js';
import { recordName } from '../record/record-type.js';
import { requireLive } from '../record/require-live.js';
import { InputReading } from '../record/values/input-reading.js';
import type { Reader } from '../record/values/reading.js';
import { readLongText, readText } from '../record/values/text.js';
import type { Stage } from '../settings/settings.js';
import { fill } from './fill.js';
import { backToOpen, moved, toMarked } from './move.js';
import { refuseUnfilled, stageToEnter } from './place.js';
import type { ChangeStage, Lose, Reopen, StagedCommand, Win, WithNote } from './staged-commands.js';
import type { LostData, StagedEvent } from './staged-events.js';
import type { Outcome, StagedState } from './staged-state.js';

type Decided = readonly (StagedEvent | RecordEvent)[];

/** Decides the commands of moving through stages, for leads and opportunities alike; what they bring along is edited first. */
export function decideStaged(
  state: StagedState,
  command: StagedCommand | Win,
  context: DecisionContext,
): Decided {
  requireLive(state);
  const { filled, edits } = fill(state, command, context);
  return [...edits, ...decideMove(filled, command, context)];
}

function decideMove(
  state: StagedState,
  command: StagedCommand | Win,
  context: DecisionContext,
): Decided {
  switch (command.kind) {
    case 'change-stage':
      return changeStage(state, command, context);
    case 'lose':
      return lose(state, command, context);
    case 'reopen':
      return reopen(state, command, context);
    case 'win':
      return win(state, command, context);
    default: {
      const unknown: never = command;
      return unknown;
    }
  }
}

function changeStage(state: StagedState, command: ChangeStage, context: DecisionContext): Decided {
  const noted = note(state, command, context);
  const { pipelineId = state.pipelineId, stageId } = command;
  if (pipelineId === state.pipelineId && stageId === state.stageId) return noted;
  const entered = stageToEnter(state, { pipelineId, stageId }, context.settings);
  const { stage } = entered;
  const loses = stage.marker === 'lost' && state.outcome !== 'lost';
  const { reason } = readWhy(command, loses ? readText : readLongText);
  refuseUnfilled(state.type, state, stage, context.settings);
  if (loses) {
    const data = { reason: lostReason(state, reason, context) };
    return [moved(state, entered, context), lost(state, data), ...noted];
  }
  return [moved(state, entered, context, reason), ...outcomeAt(state, stage), ...noted];
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
  const { reason: told, detail } = readWhy(command, readText);
  const reason = lostReason(state, told, context);
  const noted = note(state, command, context);
  const known = state.lostReason === reason && state.lostDetail === detail;
  if (state.outcome === 'lost' && known) return noted;
  const data = { reason, ...(detail !== undefined && { detail }) };
  return [lost(state, data), ...toMarked(state, 'lost', context), ...noted];
}

function reopen(state: StagedState, command: Reopen, context: DecisionContext): Decided {
  const { reason } = readWhy(command, readLongText);
  const noted = note(state, command, context);
  if (state.outcome === 'open') return noted;
  const data = reason === undefined ? {} : { reason };
  return [
    { type: `${recordName(state.type)}Reopened`, data },
    ...backToOpen(state, context),
    ...noted,
  ];
}

function win(state: StagedState, command: Win, context: DecisionContext): Decided {
  const noted = note(state, command, context);
  if (state.outcome === 'won') return noted;
  const won = { type: 'OpportunityWon', data: {} } as const;
  return [won, ...toMarked(state, 'won', context), ...noted];
}

function lost(state: StagedState, data: LostData): StagedEvent {
  return { type: `${recordName(state.type)}Lost`, data };
}

/** The note that came with a change, as an event beside it; of files alone no empty one is made. */
function note(
  state: StagedState,
  command: WithNote,
  context: DecisionContext,
): readonly RecordEvent[] {
  const { attachments = [] } = command;
  const reading = new InputReading();
  const text = reading.optional(readLongText, command.note, 'note');
  reading.finish();
  if (text !== undefined)
    return decideRecord(state, { kind: 'add-note', text, attachments }, context);
  return attachments.length === 0
    ? []
    : decideRecord(state, { kind: 'add-attachments', attachments }, context);
}

/** A reason from the catalogue is a line; why else something is done takes any number. */
function readWhy(
  command: { readonly reason?: string; readonly detail?: string },
  readReason: Reader<string>,
) {
  const reading = new InputReading();
  const reason = reading.optional(readReason, command.reason, 'reason');
  const detail = reading.optional(readLongText, command.detail, 'detail');
  reading.finish();
  return { reason, detail };
}

/** The reason as the catalogue has it; the one that the record is lost for already is not looked at. */
function lostReason(
  state: StagedState,
  told: string | undefined,
  { settings }: DecisionContext,
): string {
  if (told === undefined) throw reasonNeeded();
  if (state.outcome === 'lost' && told === state.lostReason) return told;
  const { value, unlisted } = listedValue('lost-reason', told, 'reason', settings);
  if (unlisted) refuseUnlisted([unlisted]);
  return value;
}

function reasonNeeded(): Refusal {
  return new Refusal('rule', 'reason_required', 'Say why it is lost.', {
    errors: [{ path: 'reason', code: 'required', message: 'A reason is needed.' }],
  });
}
