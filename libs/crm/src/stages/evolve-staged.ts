import type { Happened } from '../kernel/event.js';
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
    case 'StageChanged':
      return { ...next, ...event.data.to, stageSince: at, previousPlace: event.data.from };
    case 'Lost': {
      const { reason: lostReason, detail: lostDetail } = event.data;
      return { ...next, outcome: 'lost', lostReason, lostDetail, closedAt: at };
    }
    case 'Won':
      return { ...next, ...NOT_LOST, outcome: 'won', closedAt: at };
    case 'Reopened':
      return { ...next, ...NOT_LOST, outcome: 'open', closedAt: undefined };
    default: {
      const unknown: never = event;
      void unknown;
      return next;
    }
  }
}

const NOT_LOST = { lostReason: undefined, lostDetail: undefined };

type UnnamedStagedEvent =
  StagedEvent<'Opportunity'> extends infer Event
    ? Event extends { type: `Opportunity${infer Verb}`; data: infer Data }
      ? { type: Verb; data: Data }
      : never
    : never;
