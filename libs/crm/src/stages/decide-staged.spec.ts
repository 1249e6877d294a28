import { given, minutes } from '../../test/given.js';
import type { DecisionContext } from '../kernel/decider.js';
import { leadDecider } from '../lead/lead.js';
import { type LeadEvent } from '../lead/lead-events.js';
import { type OpportunityEvent, opportunityDecider } from '../opportunity/opportunity.js';
import {
  NO_SETTINGS,
  type Pipeline,
  type Settings,
  type Stage,
  type StagedType,
} from '../settings/settings.js';

function stage(id: string, part: Partial<Stage> = {}): Stage {
  return {
    id,
    name: id,
    probability: 0,
    marker: 'open',
    requiredFields: [],
    retired: false,
    ...part,
  };
}

function pipeline(id: string, recordType: StagedType, stages: readonly Stage[]): Pipeline {
  return { id, recordType, name: id, stages, retired: false };
}

const LOST = stage('lost', { marker: 'lost' });
const SALES = pipeline('sales', 'opportunity', [
  stage('new'),
  stage('offer', { requiredFields: ['expectedRevenue'] }),
  stage('talks'),
  stage('old', { retired: true }),
  stage('won', { marker: 'won', requiredFields: ['expectedCloseDate'] }),
  LOST,
]);
const PROJECTS = pipeline('projects', 'opportunity', [stage('start'), stage('done')]);
const LEADS = pipeline('leads', 'lead', [LOST, stage('new'), stage('qualified')]);

function settings(...pipelines: readonly Pipeline[]): { readonly settings: Settings } {
  return { settings: { ...NO_SETTINGS, pipelines } };
}

const BOTH = settings(SALES, PROJECTS, LEADS);
const CAPTURED: OpportunityEvent = {
  type: 'OpportunityCaptured',
  data: { fields: { name: 'Camera' }, custom: {}, tags: [], pipelineId: 'sales', stageId: 'new' },
};
const LEAD_CAPTURED: LeadEvent = {
  type: 'LeadCaptured',
  data: { fields: {}, custom: {}, tags: [], pipelineId: 'leads', stageId: 'new' },
};

/** `CAPTURED` at minute 0; the decision is taken at minute 1,000. */
function opportunity(
  events: readonly OpportunityEvent[] = [],
  context: Partial<DecisionContext> = BOTH,
) {
  return given(opportunityDecider, [CAPTURED, ...events], context);
}

function moved(from: string, to: string, stoodMinutes: number): OpportunityEvent {
  return {
    type: 'OpportunityStageChanged',
    data: {
      from: { pipelineId: 'sales', stageId: from },
      to: { pipelineId: 'sales', stageId: to },
      stoodMs: stoodMinutes * 60_000,
    },
  };
}

const IN_TALKS = moved('new', 'talks', 1);
const LOST_EVENT: OpportunityEvent = { type: 'OpportunityLost', data: { reason: 'Giá cao' } };

describe('capturing an opportunity', () => {
  const capture = { kind: 'capture', fields: {}, custom: {}, tags: [] } as const;

  it('starts in the first open stage of the only pipeline', () => {
    given(leadDecider, [], BOTH)
      .when(capture)
      .decides({
        type: 'LeadCaptured',
        data: { fields: {}, custom: {}, tags: [], pipelineId: 'leads', stageId: 'new' },
      });
  });

  it('needs a choice among several pipelines, and lists them', () => {
    const refusal = given(opportunityDecider, [], BOTH)
      .when(capture)
      .refused('pipeline_choice_needed', 'pipelineId');
    expect(refusal.facts.pipelines).toEqual([
      { id: 'sales', name: 'sales' },
      { id: 'projects', name: 'projects' },
    ]);
  });

  it.each([
    ['an unknown pipeline', { pipelineId: 'x' }, 'unknown_pipeline', 'pipelineId'],
    ['one of leads', { pipelineId: 'leads' }, 'unknown_pipeline', 'pipelineId'],
    ['an unknown stage', { pipelineId: 'sales', stageId: 'x' }, 'unknown_stage', 'stageId'],
    ['a retired stage', { pipelineId: 'sales', stageId: 'old' }, 'unknown_stage', 'stageId'],
    ['a won stage', { pipelineId: 'sales', stageId: 'won' }, 'closed_stage', 'stageId'],
    ['a lost stage', { pipelineId: 'sales', stageId: 'lost' }, 'closed_stage', 'stageId'],
    [
      'a stage whose fields are empty',
      { pipelineId: 'sales', stageId: 'offer' },
      'stage_requires_fields',
      'expectedRevenue',
    ],
  ])('refuses to start in %s', (_what, choice, code, path) => {
    given(opportunityDecider, [], BOTH)
      .when({ ...capture, ...choice })
      .refused(code, path);
  });
});

describe('changing the stage', () => {
  it('tells from, to, why, and how long it stood', () => {
    opportunity([IN_TALKS])
      .when({ kind: 'change-stage', stageId: 'new', reason: ' khách đổi ý ' })
      .decides({
        type: 'OpportunityStageChanged',
        data: {
          from: { pipelineId: 'sales', stageId: 'talks' },
          to: { pipelineId: 'sales', stageId: 'new' },
          stoodMs: 999 * 60_000,
          reason: 'khách đổi ý',
        },
      });
  });

  it('counts from when it happened, and never less than nothing', () => {
    opportunity([], { ...BOTH, occurredAt: minutes(5) })
      .when({ kind: 'change-stage', stageId: 'talks' })
      .decides(moved('new', 'talks', 5));
    opportunity([], { ...BOTH, occurredAt: minutes(-5) })
      .when({ kind: 'change-stage', stageId: 'talks' })
      .decides(moved('new', 'talks', 0));
  });

  it('to where it stands decides nothing, but keeps a note that came with it', () => {
    opportunity().when({ kind: 'change-stage', stageId: 'new' }).decides();
    const { notes } = opportunity()
      .when({ kind: 'change-stage', stageId: 'new', note: 'Gọi lại' })
      .after();
    expect(Object.keys(notes)).toHaveLength(1);
  });

  it('needs the fields of the stage', () => {
    opportunity()
      .when({ kind: 'change-stage', stageId: 'offer' })
      .refused('stage_requires_fields', 'expectedRevenue');
  });

  it('does not need a custom field that was retired since', () => {
    const needy = pipeline('sales', 'opportunity', [
      stage('new'),
      stage('next', { requiredFields: ['custom.gone'] }),
    ]);
    const { stageId } = opportunity([], settings(needy))
      .when({ kind: 'change-stage', stageId: 'next' })
      .after();
    expect(stageId).toBe('next');
  });

  it('goes to another pipeline in use', () => {
    const { pipelineId, stageId } = opportunity()
      .when({ kind: 'change-stage', pipelineId: 'projects', stageId: 'start' })
      .after();
    expect([pipelineId, stageId]).toEqual(['projects', 'start']);
  });

  it('goes on within a pipeline that was retired, but not into one', () => {
    const retired = settings({ ...SALES, retired: true }, { ...PROJECTS, retired: true });
    const { stageId } = opportunity([], retired)
      .when({ kind: 'change-stage', stageId: 'talks' })
      .after();
    expect(stageId).toBe('talks');
    opportunity([], retired)
      .when({ kind: 'change-stage', pipelineId: 'projects', stageId: 'start' })
      .refused('unknown_pipeline', 'pipelineId');
  });

  it('refuses a stage that is retired or of another pipeline, and a reason that cannot be read', () => {
    opportunity()
      .when({ kind: 'change-stage', stageId: 'old' })
      .refused('unknown_stage', 'stageId');
    opportunity()
      .when({ kind: 'change-stage', stageId: 'start' })
      .refused('unknown_stage', 'stageId');
    opportunity()
      .when({ kind: 'change-stage', stageId: 'talks', reason: 'a\u0000' })
      .refused('invalid_fields', 'reason');
  });

  it('to a lost stage needs a reason and loses it', () => {
    opportunity()
      .when({ kind: 'change-stage', stageId: 'lost' })
      .refused('reason_required', 'reason');
    opportunity()
      .when({ kind: 'change-stage', stageId: 'lost', reason: 'Giá cao' })
      .decides(moved('new', 'lost', 1_000), LOST_EVENT);
  });

  it('to a won stage wins it, and back to an open one reopens it', () => {
    const dated: OpportunityEvent = {
      type: 'OpportunityEdited',
      data: { changes: [{ field: 'expectedCloseDate', to: '2026-12-31' }] },
    };
    opportunity([dated])
      .when({ kind: 'change-stage', stageId: 'won' })
      .decides(moved('new', 'won', 1_000), { type: 'OpportunityWon', data: {} });
    const won: readonly OpportunityEvent[] = [
      dated,
      moved('new', 'won', 2),
      { type: 'OpportunityWon', data: {} },
    ];
    opportunity(won)
      .when({ kind: 'change-stage', stageId: 'talks' })
      .decides(moved('won', 'talks', 998), { type: 'OpportunityReopened', data: {} });
  });

  it('is refused on a deleted record', () => {
    opportunity([{ type: 'OpportunityDeleted', data: {} }])
      .when({ kind: 'change-stage', stageId: 'talks' })
      .refused('record_deleted');
  });
});

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
