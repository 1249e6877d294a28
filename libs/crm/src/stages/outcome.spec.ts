import { given } from '../../test/given.js';
import {
  BOTH,
  IN_TALKS,
  LEAD_CAPTURED,
  LOST,
  LOST_EVENT,
  moved,
  opportunity,
  pipeline,
  settings,
  stage,
} from '../../test/opportunities.js';
import { leadDecider } from '../lead/lead.js';
import type { LeadEvent } from '../lead/lead-events.js';

describe('losing', () => {
  it('needs a reason', () => {
    opportunity().when({ kind: 'lose', reason: ' ' }).refused('reason_required', 'reason');
  });

  it('moves to the lost stage with reason, detail and note', () => {
    const after = opportunity([IN_TALKS])
      .when({ kind: 'lose', reason: 'Giá cao', detail: 'hơn 10%', note: 'Gọi lại năm sau' })
      .after();
    expect(after).toMatchObject({
      outcome: 'lost',
      lostReason: 'Giá cao',
      lostDetail: 'hơn 10%',
      stageId: 'lost',
    });
    expect(Object.keys(after.notes)).toHaveLength(1);
  });

  it('without a lost stage stays where it is', () => {
    opportunity([], settings(pipeline('sales', 'opportunity', [stage('new')])))
      .when({ kind: 'lose', reason: 'Giá cao' })
      .decides(LOST_EVENT);
  });

  it('again for the same reason decides nothing, for another one corrects it', () => {
    const lost = opportunity([LOST_EVENT, moved('new', 'lost', 1)]);
    lost.when({ kind: 'lose', reason: 'Giá cao' }).decides();
    lost
      .when({ kind: 'lose', reason: 'Khác' })
      .decides({ type: 'OpportunityLost', data: { reason: 'Khác' } });
  });

  it('respects the fields that the lost stage needs', () => {
    const needy = pipeline('sales', 'opportunity', [
      stage('new'),
      { ...LOST, requiredFields: ['situation'] },
    ]);
    opportunity([], settings(needy))
      .when({ kind: 'lose', reason: 'Giá cao' })
      .refused('stage_requires_fields', 'situation');
    const after = opportunity([], settings(needy))
      .when({ kind: 'lose', reason: 'Giá cao', fields: { situation: 'Hết ngân sách' } })
      .after();
    expect(after).toMatchObject({ stageId: 'lost', fields: { situation: 'Hết ngân sách' } });
  });
});

describe('reopening', () => {
  it('goes back to where it came from', () => {
    opportunity([moved('new', 'lost', 1), LOST_EVENT])
      .when({ kind: 'reopen', reason: 'khách gọi lại' })
      .decides(
        { type: 'OpportunityReopened', data: { reason: 'khách gọi lại' } },
        moved('lost', 'new', 999),
      );
  });

  it('goes to the last open stage where the former one is closed or gone', () => {
    opportunity([moved('old', 'won', 1), moved('won', 'lost', 1), LOST_EVENT])
      .when({ kind: 'reopen' })
      .decides({ type: 'OpportunityReopened', data: {} }, moved('lost', 'talks', 998));
  });

  it('goes to the first open stage where none is before', () => {
    const lead: readonly LeadEvent[] = [
      { ...LEAD_CAPTURED, data: { ...LEAD_CAPTURED.data, stageId: 'lost' } } as LeadEvent,
      { type: 'LeadLost', data: { reason: 'Không nhu cầu' } },
    ];
    const after = given(leadDecider, lead, BOTH).when({ kind: 'reopen' }).after();
    expect(after).toMatchObject({ outcome: 'open', stageId: 'new', lostReason: undefined });
  });

  it('what is open decides nothing', () => {
    opportunity().when({ kind: 'reopen' }).decides();
  });
});

describe('winning', () => {
  it('edits what it was won for and moves to the won stage, all in one', () => {
    opportunity([IN_TALKS])
      .when({
        kind: 'win',
        fields: { expectedCloseDate: '2026-03-02', expectedRevenue: { amount: 5 } },
      })
      .decides(
        {
          type: 'OpportunityEdited',
          data: {
            changes: [
              { field: 'expectedCloseDate', to: '2026-03-02' },
              { field: 'expectedRevenue', to: { amount: 5, currency: 'VND' } },
            ],
          },
        },
        { type: 'OpportunityWon', data: {} },
        moved('talks', 'won', 999),
      );
  });

  it('needs the fields of the won stage', () => {
    opportunity().when({ kind: 'win' }).refused('stage_requires_fields', 'expectedCloseDate');
  });

  it('refuses values that cannot be read', () => {
    opportunity()
      .when({ kind: 'win', fields: { expectedCloseDate: '2026-02-30' } })
      .refused('invalid_fields', 'expectedCloseDate');
  });

  it('again decides nothing', () => {
    opportunity([{ type: 'OpportunityWon', data: {} }])
      .when({ kind: 'win' })
      .decides();
  });
});
