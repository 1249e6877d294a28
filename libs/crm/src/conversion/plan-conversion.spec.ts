import { contextWith, happened, ID, OTHER_ID } from '../../test/given.js';
import { accountDecider } from '../account/account.js';
import { contactDecider } from '../contact/contact.js';
import { type LeadState, leadDecider } from '../lead/lead.js';
import type { FieldValues } from '../record/field.js';
import { evolveSettings } from '../settings/evolve-settings.js';
import { type CustomFieldDefinition, NO_SETTINGS, type Settings } from '../settings/settings.js';
import type { SettingsCommand } from '../settings/settings-commands.js';
import { decideSettings } from '../settings/settings-decider.js';
import type { ConversionPlan } from './conversion-plan.js';
import type { ConversionRequest } from './conversion-request.js';
import { type Found, NOTHING_FOUND } from './found.js';
import { planBasis } from './plan-basis.js';
import { planConversion } from './plan-conversion.js';

const OWNER = '55555555-5555-4555-8555-555555555555';
const NEW_OWNER = '66666666-6666-4666-8666-666666666666';

const PERSON: FieldValues = { familyName: 'Nguyễn Gia', givenName: 'Khương' };
const MAIL: FieldValues = { email: 'khuong@example.vn' };
const FIRM: FieldValues = { organisation: 'Minh Phát' };

function lead(fields: FieldValues, part: Partial<LeadState> = {}): LeadState {
  return { ...leadDecider.initial(ID), lifecycle: 'live', fields, ownerId: OWNER, ...part };
}

function contact(id: string, fields: FieldValues = {}) {
  const state = { ...contactDecider.initial(id), lifecycle: 'live' as const, fields };
  return { state, revision: 3 };
}

function account(id: string, fields: FieldValues = {}) {
  const state = { ...accountDecider.initial(id), lifecycle: 'live' as const, fields };
  return { state, revision: 5 };
}

function settingsOf(...commands: readonly SettingsCommand[]): Settings {
  return commands.reduce(
    (settings, command) =>
      decideSettings(settings, command).reduce(
        (current, event) => evolveSettings(current, happened(event)),
        settings,
      ),
    NO_SETTINGS,
  );
}

function pipeline(pipelineId: string): SettingsCommand {
  const stages = [{ id: 'open', name: 'Mới' }];
  return {
    kind: 'define-pipeline',
    pipelineId,
    recordType: 'opportunity',
    name: pipelineId,
    stages,
  };
}

function custom(
  recordType: CustomFieldDefinition['recordType'],
  key: string,
  type: CustomFieldDefinition['type'],
  required = false,
): SettingsCommand {
  const label = { en: key, vi: key };
  return { kind: 'define-custom-field', definition: { recordType, key, type, label, required } };
}

function plan(
  of: LeadState,
  request: ConversionRequest = {},
  found: Partial<Found> = {},
  settings: Settings = NO_SETTINGS,
) {
  return planConversion(of, request, { ...NOTHING_FOUND, ...found }, contextWith({ settings }));
}

function planned(...given: Parameters<typeof plan>): ConversionPlan {
  const outlook = plan(...given);
  if (!outlook.plan) throw new Error(`No plan: ${outlook.obstacles.map(String).join('; ')}`);
  return outlook.plan;
}

function actions({ contact, account, opportunity }: ConversionPlan) {
  return [contact?.action, account?.action, opportunity?.action];
}

describe('The suggestion for a lead', () => {
  const c1 = contact('c1');
  const a1 = account('a1');

  it.each([
    [
      'case 1: no contact, an unknown organisation',
      { ...PERSON, ...MAIL, ...FIRM },
      {},
      1,
      'create',
      'create',
    ],
    [
      'case 2: the e-mail of a contact, organisation or not',
      { ...MAIL, ...FIRM },
      { contactsByEmail: [c1] },
      2,
      'update',
      undefined,
    ],
    [
      'case 2 with a known organisation too',
      { ...MAIL, ...FIRM },
      { contactsByEmail: [c1], accountsByName: [a1] },
      2,
      'update',
      undefined,
    ],
    [
      'case 3: the organisation is an account',
      { ...PERSON, ...FIRM },
      { accountsByName: [a1] },
      3,
      'create',
      'update',
    ],
    [
      'case 4: no organisation, the names of a contact',
      PERSON,
      { contactsByName: [c1] },
      4,
      'update',
      undefined,
    ],
    ['case 5: no organisation, unknown names', PERSON, {}, 5, 'create', undefined],
  ] as const)('%s', (_name, fields, found, number, contactAction, accountAction) => {
    const result = planned(lead(fields), {}, found);
    expect(result.case).toBe(number);
    expect(actions(result)).toEqual([contactAction, accountAction, undefined]);
  });

  it('offers the account of the contact that is updated', () => {
    const of = contact('c1', { accountId: 'a1' });
    const found = { contactsByEmail: [of], accountsOfContacts: new Map([['a1', a1]]) };
    expect(planned(lead(MAIL), {}, found).account).toEqual({ action: 'link', id: 'a1' });
  });

  it.each([1, 2, 50])('with %i contacts of the e-mail', (count) => {
    const contactsByEmail = Array.from({ length: count }, (_, index) => contact(`c${index}`));
    const outlook = plan(lead(MAIL), {}, { contactsByEmail });
    if (count === 1) {
      expect(outlook.plan?.contact).toMatchObject({ action: 'update', id: 'c0' });
      return;
    }
    expect(outlook.plan).toBeUndefined();
    expect(outlook.obstacles[0]).toMatchObject({ kind: 'conflict', code: 'choice_needed' });
    expect(outlook.obstacles[0]?.facts.candidates).toHaveLength(count);
  });

  it('needs a choice among several accounts of the organisation, and takes it', () => {
    const found = { accountsByName: [a1, account('a2')] };
    const refused = plan(lead({ ...PERSON, ...FIRM }), {}, found).obstacles[0];
    expect(refused).toMatchObject({
      code: 'choice_needed',
      facts: { candidates: [{ id: 'a1' }, { id: 'a2' }] },
    });
    const request = { account: { action: 'update', id: 'a2' } } as const;
    const chosen = { ...found, chosenAccount: account('a2') };
    const result = planned(lead({ ...PERSON, ...FIRM }), request, chosen);
    expect(result.account).toMatchObject({ action: 'update', id: 'a2' });
    expect(result.contact).toMatchObject({ captured: { fields: { accountId: 'a2' } } });
  });
});

describe('The caller of a conversion', () => {
  it('may create in case 4 what the names would have updated', () => {
    const found = { contactsByName: [contact('c1')] };
    expect(actions(planned(lead(PERSON), { contact: { action: 'create' } }, found))).toEqual([
      'create',
      undefined,
      undefined,
    ]);
  });

  it('does not double a contact of the same e-mail or an account of the same name unknowingly', () => {
    const found = { contactsByEmail: [contact('c1')], accountsByName: [account('a1')] };
    const fields = { ...PERSON, ...MAIL, ...FIRM };
    const request = { contact: { action: 'create' }, account: { action: 'create' } } as const;
    const codes = plan(lead(fields), request, found).obstacles.map(({ code }) => code);
    expect(codes).toEqual(['contact_exists', 'account_exists']);
    const knowingly = {
      contact: { action: 'create', allowDuplicate: true },
      account: { action: 'create', allowDuplicate: true },
    } as const;
    expect(actions(planned(lead(fields), knowingly, found))).toEqual([
      'create',
      'create',
      undefined,
    ]);
  });

  it('cannot name a contact that was not found among what they may edit', () => {
    const request = { contact: { action: 'update', id: OTHER_ID } } as const;
    expect(plan(lead(PERSON), request).obstacles[0]).toMatchObject({
      kind: 'rule',
      code: 'unknown_contact',
      errors: [{ path: 'contact.id' }],
    });
  });

  it('must want something', () => {
    const request = { contact: { action: 'none' }, account: { action: 'none' } } as const;
    expect(plan(lead(PERSON), request).obstacles[0]?.code).toBe('nothing_to_convert');
  });

  it('cannot convert a deleted lead', () => {
    expect(() => plan(lead(PERSON, { lifecycle: 'deleted' }))).toThrow('record_deleted');
  });

  it('is warned of what earlier conversions made', () => {
    const earlier = {
      id: 'v1',
      at: '',
      by: OWNER,
      case: 5,
      contactId: 'c1',
      actions: { contact: 'create' },
      completed: true,
    } as const;
    const outlook = plan(lead(PERSON, { conversions: [earlier] }));
    expect(outlook.warnings).toEqual([
      { code: 'already_converted', target: 'contact', ids: ['c1'] },
    ]);
    expect(outlook.plan).toBeDefined();
  });
});

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
      facts: { pipelines: [{ id: 'sales' }, { id: 'service' }] },
    });
    const chosen = { opportunity: { action: 'create', pipelineId: 'service' } } as const;
    expect(planned(lead(PERSON), chosen, {}, settings).opportunity).toMatchObject({
      captured: { pipelineId: 'service' },
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
      const context = contextWith({ commandId });
      const { plan: made } = planConversion(of, {}, NOTHING_FOUND, context);
      return made && planBasis({ id: ID, revision }, made);
    };
    const first = basis(lead({ ...PERSON, ...FIRM }), 0, ID);
    expect(basis(lead({ ...PERSON, ...FIRM }), 0, OTHER_ID)).toBe(first);
    expect(basis(lead({ ...PERSON, ...FIRM }), 1, ID)).not.toBe(first);
    expect(basis(lead({ ...PERSON, organisation: 'An Phú' }), 0, ID)).not.toBe(first);
  });
});
