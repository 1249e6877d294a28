import type { LeadState } from '../lead/lead.js';
import { absentRecord } from '../record/record-state.js';
import { NO_SETTINGS, type Settings } from '../settings/settings.js';
import type { StagedState } from '../stages/staged-state.js';
import { conditionDocument } from './condition-document.js';
import { conditionKinds } from './condition-kinds.js';

const AT = '2026-03-01T09:30:00.000Z';

/** Everything that a record can have beside its fields. */
const LEAD: LeadState = {
  ...absentRecord('lead', 'l1'),
  lifecycle: 'merged',
  outcome: 'lost',
  fields: { email: 'an@example.vn' },
  custom: { budget: 7 },
  tags: ['VIP'],
  ownerId: 'u1',
  teamId: 't1',
  pipelineId: 'leads',
  stageId: 'lost',
  stageSince: AT,
  lostReason: 'Giá',
  closedAt: AT,
  conversions: [{ id: 'c1', at: AT, by: 'u1', case: 5, actions: {}, completed: true }],
  pending: {},
  absorbed: [{ type: 'lead', id: 'l2', mergeId: 'm1', behind: [] }],
  mergedInto: { type: 'lead', id: 'l3' },
  ...{ createdAt: AT, updatedAt: AT, createdBy: 'u1', updatedBy: 'u2' },
};
const OPPORTUNITY: StagedState = { ...absentRecord('opportunity', 'o1'), outcome: 'won' };

describe('the document that conditions look at', () => {
  it('has the values of the record under the names of lists', () => {
    expect(conditionDocument({ ...LEAD, lifecycle: 'live' })).toMatchObject({
      ...{ id: 'l1', type: 'lead', status: 'lost', email: 'an@example.vn', tags: ['VIP'] },
      ...{ custom: { budget: 7 }, ownerId: 'u1', stageId: 'lost', lostReason: 'Giá' },
      ...{ converted: true, closedAt: AT },
    });
    expect(conditionDocument(LEAD).status).toBe('merged');
    expect(conditionDocument({ ...OPPORTUNITY, lifecycle: 'live' }).status).toBe('won');
    const contact = { ...absentRecord('contact', 'c1'), lifecycle: 'live' as const };
    expect(conditionDocument(contact).status).toBe('active');
  });

  it('leaves out what the record does not have', () => {
    expect(Object.values(conditionDocument(OPPORTUNITY))).not.toContain(undefined);
    expect(conditionDocument(OPPORTUNITY)).not.toHaveProperty('mergedInto');
  });

  it('has no member beside fields that conditions may not name, alone or by its own members', () => {
    const named = conditionKinds('lead', NO_SETTINGS);
    const within = ['origins.id', 'attachments.name', 'conversions.id', 'mergedInto.id'];
    const unnamed = Object.keys(conditionDocument({ ...LEAD, fields: {} })).filter(
      (key) => !named(key) && !within.some((path) => path.startsWith(`${key}.`) && named(path)),
    );
    expect(unnamed).toEqual(['type', 'custom', 'absorbed']);
  });
});

describe('the kinds of what conditions may name', () => {
  const settings: Settings = {
    ...NO_SETTINGS,
    customFields: [
      {
        ...{ recordType: 'lead', key: 'signing', type: 'date', label: { en: 'S', vi: 'K' } },
        ...{ options: [], required: false, matchKey: false, retired: true },
      },
    ],
  };

  it.each([
    ['createdAt', 'instant'],
    ['need', 'text'],
    ['custom.signing', 'date'],
    ['address.city', 'text'],
  ])('%s: %s', (field, kind) => expect(conditionKinds('lead', settings)(field)).toBe(kind));

  it.each([
    'nothing',
    'custom',
    'custom.nothing',
    'address.constructor',
    'email.x',
    'toString',
    'origins',
    'search',
    'noteCount',
  ])('%s: none', (field) => expect(conditionKinds('lead', settings)(field)).toBeUndefined());

  it('differ by record type', () => {
    expect(conditionKinds('contact', settings)('stageId')).toBeUndefined();
    expect(conditionKinds('opportunity', settings)('expectedCloseDate')).toBe('date');
    expect(conditionKinds('opportunity', settings)('expectedRevenue.amount')).toBe('number');
    expect(conditionKinds('opportunity', settings)('custom.signing')).toBeUndefined();
  });
});
