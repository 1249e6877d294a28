import type { Happened } from '../kernel/event.js';
import type { Instant } from '../kernel/ids.js';
import { touched } from '../record/evolve-record.js';
import { recordName } from '../record/record-type.js';
import type { StagedEvent } from './staged-events.js';
import type { StagedState } from './staged-state.js';

/** Folds the events of moving through stages. */
export function evolveStaged<State extends StagedState>(
  state: State,
  happened: Happened<StagedEvent>,
): State {
  const next = touched(state, happened);
  const at = happened.metadata.occurredAt;
  const event = {
    type: happened.type.slice(recordName(state.type).length),
    data: happened.data,
  } as UnnamedStagedEvent;
  switch (event.type) {
    case 'StageChanged': {
      const { from: previousPlace, to, stageProbability } = event.data;
      return { ...next, ...to, stageSince: at, previousPlace, stageProbability };
    }
    case 'Lost': {
      const { reason: lostReason, detail: lostDetail } = event.data;
      return { ...next, lostReason, lostDetail, ...closed(state, 'lost', at) };
    }
    case 'Won':
      return { ...next, ...NOT_LOST, ...closed(state, 'won', at) };
    case 'Reopened':
      return { ...next, ...NOT_LOST, outcome: 'open', closedAt: undefined };
    default: {
      const unknown: never = event;
      void unknown;
      return next;
    }
  }
}

/** What is closed already for this outcome keeps its closing date. */
function closed({ outcome: before, closedAt }: StagedState, outcome: 'won' | 'lost', at: Instant) {
  return { outcome, closedAt: before === outcome ? (closedAt ?? at) : at };
}

const NOT_LOST = { lostReason: undefined, lostDetail: undefined };

type UnnamedStagedEvent =
  StagedEvent<'Opportunity'> extends infer Event
    ? Event extends { type: `Opportunity${infer Verb}`; data: infer Data }
      ? { type: Verb; data: Data }
      : never
    : never;
