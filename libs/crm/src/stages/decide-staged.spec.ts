import { minutes } from '../../test/given.js';
import {
  BOTH,
  IN_TALKS,
  LOST_EVENT,
  moved,
  opportunity,
  PROJECTS,
  pipeline,
  SALES,
  settings,
  stage,
} from '../../test/opportunities.js';
import type { OpportunityEvent } from '../opportunity/opportunity.js';
import type { CustomFieldDefinition } from '../settings/settings.js';

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
          stageProbability: 10,
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

  it('names a note that cannot be read by its place in the command', () => {
    opportunity()
      .when({ kind: 'change-stage', stageId: 'talks', note: 'a\u200B' })
      .refused('invalid_fields', 'note');
  });

  it('keeps files that come without a note as files', () => {
    const [id, sha256] = ['0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11', 'a'.repeat(64)];
    const file = { id, name: 'báo giá.pdf', size: 1, mediaType: 'application/pdf', sha256 };
    opportunity()
      .when({ kind: 'change-stage', stageId: 'new', note: ' ', attachments: [file] })
      .decides({ type: 'OpportunityAttachmentsAdded', data: { attachments: [file] } });
  });

  it('needs the fields of the stage', () => {
    opportunity()
      .when({ kind: 'change-stage', stageId: 'offer' })
      .refused('stage_requires_fields', 'expectedRevenue');
  });

  it('takes what the stage needs along, edited before the move', () => {
    const siteArea: CustomFieldDefinition = {
      ...{ recordType: 'opportunity', key: 'siteArea', type: 'number' },
      ...{ label: { en: 'Area', vi: 'Diện tích' }, options: [] },
      ...{ required: false, matchKey: false, retired: false },
    };
    const needy = pipeline('sales', 'opportunity', [
      stage('new'),
      stage('next', { requiredFields: ['need', 'custom.siteArea'] }),
    ]);
    const under = { settings: { ...settings(needy).settings, customFields: [siteArea] } };
    const move = { kind: 'change-stage', stageId: 'next' } as const;
    const filled = { fields: { need: 'Camera' }, custom: { siteArea: 120 } };
    const changes = [
      { field: 'need', to: 'Camera' },
      { field: 'custom.siteArea', to: 120 },
    ];
    opportunity([], under)
      .when({ ...move, ...filled })
      .decides(
        { type: 'OpportunityEdited', data: { changes } },
        { ...moved('new', 'next', 1_000) },
      );
    opportunity([], under)
      .when({ ...move, fields: { need: 'Camera' } })
      .refused('stage_requires_fields', 'custom.siteArea');
    opportunity([], under)
      .when({ ...move, custom: { siteArea: 'lớn' } })
      .refused('invalid_fields', 'custom.siteArea');
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

  it('says why in as many lines as it takes', () => {
    const reason = `Khách đổi ý.\n${'x'.repeat(300)}`;
    const told = moved('talks', 'new', 999);
    opportunity([IN_TALKS])
      .when({ kind: 'change-stage', stageId: 'new', reason })
      .decides({ ...told, data: { ...told.data, reason } });
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
