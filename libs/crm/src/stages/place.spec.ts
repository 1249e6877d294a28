import { given } from '../../test/given.js';
import { BOTH } from '../../test/opportunities.js';
import { leadDecider } from '../lead/lead.js';
import { opportunityDecider } from '../opportunity/opportunity.js';

describe('capturing an opportunity', () => {
  const capture = {
    kind: 'capture',
    fields: { source: 'Web' },
    custom: {},
    tags: [],
  } as const;

  it('starts in the first open stage of the only pipeline', () => {
    given(leadDecider, [], BOTH)
      .when(capture)
      .decides({
        type: 'LeadCaptured',
        data: {
          fields: { source: 'Web' },
          custom: {},
          tags: [],
          pipelineId: 'leads',
          stageId: 'new',
        },
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
