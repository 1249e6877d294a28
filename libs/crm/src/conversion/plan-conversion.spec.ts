import {
  account,
  actions,
  contact,
  FIRM,
  lead,
  MAIL,
  OWNER,
  PERSON,
  plan,
  planned,
} from '../../test/converting.js';
import { OTHER_ID } from '../../test/given.js';

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
    const merged = plan(lead(PERSON), {}, { conversionsBehind: [earlier] });
    expect(merged.warnings).toEqual(outlook.warnings);
    expect(outlook.warnings).toEqual([
      { code: 'already_converted', target: 'contact', ids: ['c1'] },
    ]);
    expect(outlook.plan).toBeDefined();
  });
});
