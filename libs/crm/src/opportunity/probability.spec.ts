import { IN_TALKS, LOST_EVENT, moved, opportunity } from '../../test/opportunities.js';
import type { OpportunityEvent, OpportunityState } from './opportunity.js';
import { probabilityOf } from './probability.js';

function edited(to?: number): OpportunityEvent {
  const change = { field: 'probability', ...(to !== undefined && { to }) };
  return { type: 'OpportunityEdited', data: { changes: [change] } };
}

function told(state: OpportunityState) {
  const known = probabilityOf(state);
  return known && [known.probability, known.probabilityBy];
}

describe('the probability of an opportunity', () => {
  it('is that of the stage where it starts, and of each that it moves to', () => {
    expect(told(opportunity().state)).toEqual([10, 'stage']);
    const inTalks = opportunity().when({ kind: 'change-stage', stageId: 'talks' }).after();
    expect(told(inTalks)).toEqual([60, 'stage']);
    const elsewhere = { kind: 'change-stage', pipelineId: 'projects', stageId: 'start' } as const;
    expect(told(opportunity().when(elsewhere).after())).toEqual([5, 'stage']);
  });

  it('stays as it was set by hand, whatever the stage, until it is emptied', () => {
    const byHand = opportunity([edited(35)]);
    expect(told(byHand.state)).toEqual([35, 'hand']);
    const inTalks = byHand.when({ kind: 'change-stage', stageId: 'talks' }).after();
    expect(told(inTalks)).toEqual([35, 'hand']);
    const givenBack = opportunity([edited(35), IN_TALKS])
      .when({ kind: 'edit', fields: { probability: null }, custom: {} })
      .after();
    expect(told(givenBack)).toEqual([60, 'stage']);
  });

  it('of 0 by hand is not that of the stage', () => {
    expect(told(opportunity([edited(0)]).state)).toEqual([0, 'hand']);
  });

  it('is certain once won and gone once lost, and comes back when it is reopened', () => {
    const won = { type: 'OpportunityWon', data: {} } as const;
    expect(told(opportunity([edited(35), won]).state)).toEqual([100, 'outcome']);
    const lost = opportunity([edited(35), LOST_EVENT]);
    expect(told(lost.state)).toEqual([0, 'outcome']);
    expect(told(lost.when({ kind: 'reopen' }).after())).toEqual([35, 'hand']);
    const byStage = opportunity([IN_TALKS, LOST_EVENT, moved('talks', 'lost', 1)]);
    expect(told(byStage.when({ kind: 'reopen' }).after())).toEqual([60, 'stage']);
  });

  it('is unknown of one whose stage was noted without its worth', () => {
    const { stageProbability: _none, ...state } = opportunity().state;
    expect(probabilityOf(state)).toBeUndefined();
  });
});
