import {
  contact,
  custom,
  FIRM,
  lead,
  MAIL,
  NEW_OWNER,
  OWNER,
  PERSON,
  pipeline,
  plan,
  planned,
  settingsOf,
} from '../../test/converting.js';
import { contextWith, ID, OTHER_ID } from '../../test/given.js';
import { NOBODY } from '../assignment/roster.js';
import type { LeadState } from '../lead/lead.js';
import type { FieldValues } from '../record/field.js';
import type { ConversionPlan } from './conversion-plan.js';
import type { ConversionRequest } from './conversion-request.js';
import { NOTHING_FOUND } from './found.js';
import { planBasis } from './plan-basis.js';
import { planConversion } from './plan-conversion.js';

describe('What a conversion carries', () => {
  const full: FieldValues = {
    ...PERSON,
    ...MAIL,
    ...FIRM,
    title: 'Anh',
    otherEmails: ['k@example.com'],
    phones: ['0912 345 678'],
    jobTitle: 'Mua hàng',
    website: 'https://minhphat.example.vn',
    address: { city: 'Huế' },
    source: 'Web',
    products: ['Ezviz C6T 2MP'],
    need: 'Camera',
    description: 'Gọi lại',
    externalId: 'W-1',
  };
  const everything: ConversionRequest = { opportunity: { action: 'create' } };
  const settings = settingsOf(pipeline('sales'));

  it('is every default field that the target has', () => {
    const result = planned(lead(full), everything, {}, settings);
    expect(result.contact).toMatchObject({
      captured: {
        fields: {
          ...PERSON,
          ...MAIL,
          title: 'Anh',
          otherEmails: ['k@example.com'],
          phones: ['0912 345 678'],
          jobTitle: 'Mua hàng',
          website: full.website,
          address: { city: 'Huế' },
          source: 'Web',
          description: 'Gọi lại',
          externalId: 'W-1',
          accountId: result.account?.id,
        },
      },
    });
    expect(result.account).toMatchObject({
      captured: { fields: { name: 'Minh Phát', website: full.website, phones: ['0912 345 678'] } },
    });
    expect(result.opportunity).toMatchObject({
      captured: {
        pipelineId: 'sales',
        stageId: 'open',
        fields: {
          name: 'Minh Phát – Ezviz C6T 2MP',
          products: ['Ezviz C6T 2MP'],
          need: 'Camera',
          contactId: result.contact?.id,
          accountId: result.account?.id,
        },
      },
    });
  });

  it('is the tags too, for contact and account, unless switched off', () => {
    const tagged = lead(full, { tags: ['vip'] });
    const tags = ({ contact, account, opportunity }: ConversionPlan) =>
      [contact, account, opportunity].map((one) => one?.action === 'create' && one.captured.tags);
    expect(tags(planned(tagged, everything, {}, settings))).toEqual([['vip'], ['vip'], []]);
    const without = { ...everything, carryTags: false };
    expect(tags(planned(tagged, without, {}, settings))).toEqual([[], [], []]);
  });

  it('fills what an existing record lacks, unites lists and leaves the rest', () => {
    const existing = contact('c1', { ...MAIL, jobTitle: 'Giám đốc', phones: ['0912.345.678'] });
    const mine = { ...full, phones: ['0912 345 678', '028 3822 1234'] };
    const update = planned(lead(mine), {}, { contactsByEmail: [existing] }).contact;
    const changes = update?.action === 'update' ? update.changes : [];
    const of = (name: string) => changes.find(({ field }) => field === name);
    expect(of('familyName')?.to).toBe('Nguyễn Gia');
    expect(of('phones')?.to).toEqual(['0912.345.678', '028 3822 1234']);
    expect(of('jobTitle')).toBeUndefined();
    expect(update).toMatchObject({ revision: 3 });
  });

  it('overwrites what the caller says', () => {
    const existing = contact('c1', { ...MAIL, jobTitle: 'Giám đốc', title: 'Ông' });
    const request = { contact: { action: 'update', overwrite: ['jobTitle'] } } as const;
    const update = planned(lead(full), request, { contactsByEmail: [existing] }).contact;
    const changed = update?.action === 'update' ? update.changes.map(({ field }) => field) : [];
    expect(changed).toContain('jobTitle');
    expect(changed).not.toContain('title');
  });

  it('keeps another e-mail of the same person beside the first', () => {
    const existing = contact('c1', { ...PERSON, email: 'old@example.vn' });
    const request = { contact: { action: 'update', id: 'c1' } } as const;
    const update = planned(lead({ ...PERSON, ...MAIL }), request, {
      chosenContact: existing,
    }).contact;
    expect(update).toMatchObject({
      changes: [{ field: 'otherEmails', to: ['khuong@example.vn'] }],
    });
  });

  it('lets supplied values win over carried ones, and reads them like any', () => {
    const request = {
      contact: { action: 'create', values: { jobTitle: 'Kế toán', email: 'x' } },
    } as const;
    expect(plan(lead(full), request).obstacles[0]).toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'contact.values.email' }],
    });
    const good = { contact: { action: 'create', values: { jobTitle: 'Kế toán' } } } as const;
    expect(planned(lead(full), good).contact).toMatchObject({
      captured: { fields: { jobTitle: 'Kế toán' } },
    });
  });
});

describe('Custom fields of a lead', () => {
  const budget = custom('lead', 'budget', 'number');

  it('are added to the target type when it lacks them, and said so once', () => {
    const settings = settingsOf(budget);
    const of = lead(PERSON, { custom: { budget: 5 } });
    const first = planned(of, {}, {}, settings);
    expect(first.definitions).toMatchObject([
      { recordType: 'contact', key: 'budget', type: 'number' },
    ]);
    expect(first.contact).toMatchObject({ captured: { custom: { budget: 5 } } });
    const later = planned(of, {}, {}, settingsOf(budget, custom('contact', 'budget', 'number')));
    expect(later.definitions).toEqual([]);
  });

  it('clash with a field of another type under the same key, naming both', () => {
    const settings = settingsOf(budget, custom('contact', 'budget', 'text'));
    const refusal = plan(lead(PERSON, { custom: { budget: 5 } }), {}, {}, settings).obstacles[0];
    expect(refusal).toMatchObject({
      code: 'custom_field_clash',
      facts: {
        definitions: [
          { recordType: 'lead', type: 'number' },
          { recordType: 'contact', type: 'text' },
        ],
      },
    });
  });

  it('that the target requires must be supplied', () => {
    const settings = settingsOf(custom('contact', 'passport', 'text', true));
    const refusal = plan(lead(PERSON), {}, {}, settings).obstacles[0];
    expect(refusal).toMatchObject({
      kind: 'rule',
      code: 'required_fields',
      errors: [{ path: 'contact.custom.passport' }],
    });
    const request = { contact: { action: 'create', custom: { passport: 'B123' } } } as const;
    expect(planned(lead(PERSON), request, {}, settings).contact).toMatchObject({
      captured: { custom: { passport: 'B123' } },
    });
  });
});

describe('An opportunity of a conversion', () => {
  const request = { opportunity: { action: 'create' } } as const;

  it('needs a pipeline choice among several', () => {
    const settings = settingsOf(pipeline('sales'), pipeline('service'));
    expect(plan(lead(PERSON), request, {}, settings).obstacles[0]).toMatchObject({
      kind: 'rule',
      code: 'pipeline_choice_needed',
      errors: [{ path: 'opportunity.pipelineId' }],
      facts: { pipelines: [{ id: 'sales' }, { id: 'service' }] },
    });
    const chosen = { opportunity: { action: 'create', pipelineId: 'service' } } as const;
    expect(planned(lead(PERSON), chosen, {}, settings).opportunity).toMatchObject({
      captured: { pipelineId: 'service' },
    });
  });
});

describe('A stage that an opportunity would start in', () => {
  it('has its required fields listed among the missing', () => {
    const stages = [{ id: 'open', name: 'Mới', requiredFields: ['expectedRevenue'] }];
    const settings = settingsOf({
      kind: 'define-pipeline',
      pipelineId: 'sales',
      recordType: 'opportunity',
      name: 'Bán hàng',
      stages,
    });
    const request = { opportunity: { action: 'create' } } as const;
    expect(plan(lead(PERSON), request, {}, settings).obstacles[0]).toMatchObject({
      code: 'required_fields',
      errors: [{ path: 'opportunity.values.expectedRevenue' }],
    });
  });
});

describe('Notices of a conversion', () => {
  it('go to the new owner and the current one', () => {
    const { notices } = planned(lead(PERSON), { ownerId: NEW_OWNER });
    expect(notices.map(({ recipientId, kind }) => [recipientId, kind])).toEqual([
      [NEW_OWNER, 'conversion-owner'],
      [OWNER, 'conversion-previous-owner'],
    ]);
  });

  it('tell the owner of what another did to their lead, once', () => {
    expect(planned(lead(PERSON)).notices).toMatchObject([{ recipientId: OWNER }]);
  });
});

describe('The basis of a preview', () => {
  it('is the same for the same plan under other ids, and another once anything changed', () => {
    const basis = (of: LeadState, revision: number, commandId: string) => {
      const context = { ...contextWith({ commandId }), roster: NOBODY };
      const { plan: made } = planConversion({ state: of, revision: 2 }, {}, NOTHING_FOUND, context);
      return made && planBasis({ id: ID, revision }, made);
    };
    const first = basis(lead({ ...PERSON, ...FIRM }), 0, ID);
    expect(basis(lead({ ...PERSON, ...FIRM }), 0, OTHER_ID)).toBe(first);
    expect(basis(lead({ ...PERSON, ...FIRM }), 1, ID)).not.toBe(first);
    expect(basis(lead({ ...PERSON, organisation: 'An Phú' }), 0, ID)).not.toBe(first);
  });
});
