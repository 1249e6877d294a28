import { minutes } from '../../test/given.js';
import {
  BOTH,
  LOST_EVENT,
  moved,
  opportunity,
  pipeline,
  settings,
  stage,
} from '../../test/opportunities.js';
import type { OpportunityEvent } from '../opportunity/opportunity.js';

const WON: OpportunityEvent = { type: 'OpportunityWon', data: {} };

describe('the closing date', () => {
  it('is set on winning, as of when it was won', () => {
    expect(opportunity().state.closedAt).toBeUndefined();
    expect(opportunity([moved('new', 'won', 1), WON]).state.closedAt).toBe(minutes(2));
  });

  it('is kept between won stages', () => {
    const elsewhere = { kind: 'change-stage', pipelineId: 'projects', stageId: 'done' } as const;
    const after = opportunity([WON, moved('new', 'won', 1)], BOTH)
      .when(elsewhere)
      .after();
    expect(after).toMatchObject({ outcome: 'won', pipelineId: 'projects', closedAt: minutes(1) });
  });

  it('is kept from one won stage of a pipeline to the next, and winning goes to the first of them', () => {
    const won = (id: string) => stage(id, { marker: 'won', probability: 100 });
    const several = pipeline('sales', 'opportunity', [stage('new'), won('deposit'), won('paid')]);
    const first = opportunity([], settings(several)).when({ kind: 'win' }).after();
    expect(first).toMatchObject({ outcome: 'won', stageId: 'deposit', closedAt: minutes(1) });
    const then = opportunity([WON, moved('new', 'deposit', 1)], settings(several))
      .when({ kind: 'change-stage', stageId: 'paid' })
      .after();
    expect(then).toMatchObject({ outcome: 'won', stageId: 'paid', closedAt: minutes(1) });
  });

  it('is cleared on reopening, by itself or by a move to an open stage', () => {
    const won = opportunity([WON, moved('new', 'won', 1)]);
    expect(won.when({ kind: 'reopen' }).after().closedAt).toBeUndefined();
    const back = won.when({ kind: 'change-stage', stageId: 'talks' }).after();
    expect(back).toMatchObject({ outcome: 'open', closedAt: undefined });
  });

  it('is kept when only the reason of a loss is put right, and set anew when a lost one is won', () => {
    const lost = opportunity([LOST_EVENT, moved('new', 'lost', 1)]);
    const other = lost.when({ kind: 'lose', reason: 'Khác' }).after();
    expect(other).toMatchObject({ lostReason: 'Khác', closedAt: minutes(1) });
    const won = opportunity([LOST_EVENT, moved('new', 'lost', 1), WON]);
    expect(won.state).toMatchObject({ outcome: 'won', closedAt: minutes(3) });
  });
});
