import { lead as leadOf, PERSON, pipeline, plan, planned } from '../../test/converting.js';
import { given } from '../../test/given.js';
import { entry, SALES, settingsAfter } from '../../test/settings.js';
import { leadDecider } from '../lead/lead.js';
import type { OpportunityEvent } from '../opportunity/opportunity.js';
import { opportunityDecider } from '../opportunity/opportunity.js';
import type { SettingsCommand } from '../settings/settings-commands.js';
import type { RawValues } from './record-commands.js';

const RETIRED: SettingsCommand = {
  kind: 'retire-catalogue-entry',
  catalogue: 'priority',
  value: 'old',
};
const settings = settingsAfter(
  SALES,
  entry('priority', 'P1', { en: 'High', vi: 'Cao' }),
  entry('priority', 'P2', { en: 'Low', vi: 'Thấp' }),
  entry('priority', 'old'),
  RETIRED,
  entry('lost-reason', 'price', { en: 'Too expensive', vi: 'Giá cao' }),
);
const CAPTURE = { kind: 'capture', custom: {}, tags: [] } as const;
const captured = (fields: Record<string, string>): OpportunityEvent => ({
  type: 'OpportunityCaptured',
  data: { fields, custom: {}, tags: [], pipelineId: 'sales', stageId: 'new' },
});
const opportunity = (fields: Record<string, string> = { name: 'Camera' }) =>
  given(opportunityDecider, [captured(fields)], { settings });
const edit = (fields: RawValues) => ({ kind: 'edit', fields, custom: {} }) as const;

describe('a value of a catalogue', () => {
  it.each([
    ['its value', 'P1'],
    ['its value in other letters', ' p1 '],
    ['its label in English', 'HIGH'],
    ['its label in Vietnamese', 'cao'],
  ])('is kept as its value when it is given as %s', (_what, priority) => {
    const { fields } = given(opportunityDecider, [], { settings })
      .when({ ...CAPTURE, fields: { name: 'Camera', priority } })
      .after();
    expect(fields.priority).toBe('P1');
  });

  it.each([
    ['unknown', 'P9'],
    ['retired', 'old'],
  ])('is refused when it is %s, with those that there are', (_what, priority) => {
    for (const refusal of [
      given(opportunityDecider, [], { settings })
        .when({ ...CAPTURE, fields: { name: 'Camera', priority } })
        .refused('unknown_catalogue_value', 'priority'),
      opportunity().when(edit({ priority })).refused('unknown_catalogue_value', 'priority'),
      opportunity()
        .when({ kind: 'win', fields: { priority } })
        .refused('unknown_catalogue_value', 'priority'),
    ]) {
      expect(refusal).toMatchObject({
        kind: 'rule',
        facts: { values: { priority: ['P1', 'P2'] } },
      });
    }
  });

  it('that the record has stays, whatever became of the catalogue', () => {
    opportunity({ priority: 'old' })
      .when(edit({ priority: 'old', name: 'Khóa' }))
      .decides({
        type: 'OpportunityEdited',
        data: { changes: [{ field: 'name', to: 'Khóa' }] },
      });
    // Not even when it is how an entry is called now.
    opportunity({ priority: 'Cao' })
      .when(edit({ priority: 'Cao' }))
      .decides();
  });

  it('is any text where the catalogue has no entries in use', () => {
    opportunity()
      .when(edit({ need: 'Gì cũng được' }))
      .decides({
        type: 'OpportunityEdited',
        data: { changes: [{ field: 'need', to: 'Gì cũng được' }] },
      });
  });

  it('can be emptied', () => {
    opportunity({ priority: 'old' })
      .when(edit({ priority: null }))
      .decides({
        type: 'OpportunityEdited',
        data: { changes: [{ field: 'priority', from: 'old' }] },
      });
  });

  it('may be of a lead too', () => {
    given(leadDecider, [], { settings: settingsAfter(entry('source', 'web')) })
      .when({ ...CAPTURE, fields: { givenName: 'An', source: 'zalo' } })
      .refused('unknown_catalogue_value', 'source');
  });
});

describe('a reason for a loss', () => {
  it('is one of the catalogue', () => {
    const lost = opportunity().when({ kind: 'lose', reason: 'giá CAO' }).after();
    expect(lost.lostReason).toBe('price');
    opportunity()
      .when({ kind: 'lose', reason: 'Hết tiền' })
      .refused('unknown_catalogue_value', 'reason');
  });

  it('stays when more is said of the loss', () => {
    const lost: OpportunityEvent = { type: 'OpportunityLost', data: { reason: 'Hết tiền' } };
    given(opportunityDecider, [captured({ name: 'Camera' }), lost], { settings })
      .when({ kind: 'lose', reason: 'Hết tiền', detail: 'Năm sau' })
      .decides({ type: 'OpportunityLost', data: { reason: 'Hết tiền', detail: 'Năm sau' } });
  });
});

describe('in a conversion', () => {
  const configured = settingsAfter(
    pipeline('sales'),
    entry('need', 'lock'),
    entry('priority', 'P1'),
  );
  const of = leadOf({ ...PERSON, need: 'Camera' });

  it('what the lead carries is not asked of the catalogue', () => {
    const { opportunity: made } = planned(
      of,
      { opportunity: { action: 'create' } },
      {},
      configured,
    );
    expect(made).toMatchObject({ captured: { fields: { need: 'Camera' } } });
  });

  it('what the caller says is', () => {
    const { obstacles } = plan(
      of,
      { opportunity: { action: 'create', values: { priority: 'P9' } } },
      {},
      configured,
    );
    expect(obstacles).toMatchObject([
      {
        code: 'unknown_catalogue_value',
        errors: [{ path: 'opportunity.values.priority' }],
        facts: { values: { 'opportunity.values.priority': ['P1'] } },
      },
    ]);
  });
});
