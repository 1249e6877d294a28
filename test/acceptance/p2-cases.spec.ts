import { entriesOf, member } from '../support/client.js';
import { capture, convert, found, preview, unique, uniqueEmail } from '../support/conversions.js';
import { startApi, type TestApi } from '../support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

interface Given {
  readonly contacts?: readonly object[];
  readonly accounts?: readonly object[];
  readonly lead: object;
}
interface Expected {
  readonly case: number;
  readonly contact: string;
  readonly account: string;
}

/** PRODUCT.md P2, row by row; each builds its records from names that no other row has. */
const ROWS: readonly (readonly [string, () => Given, Expected])[] = [
  [
    'case 1: no contact has the e-mail, no account the organisation',
    () => ({ lead: { givenName: 'An', email: uniqueEmail(), organisation: unique('Minh Phát') } }),
    { case: 1, contact: 'create', account: 'create' },
  ],
  [
    'case 1: without any e-mail',
    () => ({ lead: { givenName: unique('An'), organisation: unique('Minh Phát') } }),
    { case: 1, contact: 'create', account: 'create' },
  ],
  [
    'case 2: a contact has the e-mail',
    () => {
      const email = uniqueEmail();
      return { contacts: [{ givenName: 'An', email }], lead: { givenName: 'An', email } };
    },
    { case: 2, contact: 'update', account: 'none' },
  ],
  [
    'case 2: in another letter case, with a display name, whatever the organisation',
    () => {
      const email = uniqueEmail();
      return {
        contacts: [{ givenName: 'An', email: `An Trần <${email.toUpperCase()}>` }],
        lead: { givenName: 'Khác', email: ` ${email} `, organisation: unique('Hòa Bình') },
      };
    },
    { case: 2, contact: 'update', account: 'none' },
  ],
  [
    'case 2: among the other e-mails of a contact',
    () => {
      const email = uniqueEmail();
      return {
        contacts: [{ givenName: 'An', email: uniqueEmail(), otherEmails: [email] }],
        lead: { givenName: 'An', email },
      };
    },
    { case: 2, contact: 'update', account: 'none' },
  ],
  [
    'case 2: several contacts have the e-mail',
    () => {
      const email = uniqueEmail();
      return {
        contacts: [
          { givenName: 'An', email },
          { givenName: 'Bình', email },
        ],
        lead: { givenName: 'An', email },
      };
    },
    { case: 2, contact: 'choose', account: 'none' },
  ],
  [
    'case 3: an account has the organisation as its name',
    () => {
      const name = unique('Sao Mai');
      return {
        accounts: [{ name }],
        lead: { givenName: 'An', email: uniqueEmail(), organisation: name },
      };
    },
    { case: 3, contact: 'create', account: 'update' },
  ],
  [
    'case 3: under another legal form, spacing and letter case',
    () => {
      const name = unique('Hải Đăng');
      return {
        accounts: [{ name: `Công ty TNHH ${name}` }],
        lead: { givenName: 'An', organisation: `  CÔNG TY TNHH  ${name.toUpperCase()} ` },
      };
    },
    { case: 3, contact: 'create', account: 'update' },
  ],
  [
    'case 3: two accounts have it',
    () => {
      const name = unique('Sao Mai');
      return { accounts: [{ name }, { name }], lead: { givenName: 'An', organisation: name } };
    },
    { case: 3, contact: 'create', account: 'choose' },
  ],
  [
    'case 4: no organisation, and a contact has the names',
    () => {
      const names = { familyName: unique('Nguyễn Gia'), givenName: 'Khương' };
      return { contacts: [names], lead: { ...names, email: uniqueEmail() } };
    },
    { case: 4, contact: 'update', account: 'none' },
  ],
  [
    'case 4: the names in NFD equal those in NFC',
    () => {
      const names = { familyName: unique('Đặng Thuỳ'), givenName: 'Trâm' };
      const apart = {
        familyName: names.familyName.normalize('NFD'),
        givenName: 'Trâm'.normalize('NFD'),
      };
      return { contacts: [names], lead: apart };
    },
    { case: 4, contact: 'update', account: 'none' },
  ],
  [
    'case 4: several contacts have the names',
    () => {
      const names = { familyName: unique('Lê'), givenName: 'Thu' };
      return { contacts: [names, names], lead: names };
    },
    { case: 4, contact: 'choose', account: 'none' },
  ],
  [
    'case 5: no organisation, and nobody has the names',
    () => ({ lead: { familyName: unique('Phan'), givenName: 'Mới', email: uniqueEmail() } }),
    { case: 5, contact: 'create', account: 'none' },
  ],
  [
    'case 5: names without their marks are a weak sign only',
    () => {
      const familyName = unique('Nguyễn Gia');
      return {
        contacts: [{ familyName, givenName: 'Khương' }],
        lead: { familyName: familyName.replace('ễ', 'e'), givenName: 'Khuong' },
      };
    },
    { case: 5, contact: 'create', account: 'none' },
  ],
];

async function given({ contacts = [], accounts = [], lead }: Given) {
  const contactIds: string[] = [];
  const accountIds: string[] = [];
  for (const contact of contacts) contactIds.push(await capture(api.admin, 'contacts', contact));
  for (const account of accounts) accountIds.push(await capture(api.admin, 'accounts', account));
  return { contactIds, accountIds, leadId: await capture(api.admin, 'leads', lead) };
}

describe.each(ROWS)('%s', (_row, make, expected) => {
  it(`suggests: contact ${expected.contact}, account ${expected.account}`, async () => {
    const { leadId, contactIds, accountIds } = await given(make());
    const before = await api.head();
    const { suggestions, case: told } = (await preview(api.admin, leadId)).expect(200);
    expect(told).toBe(expected.case);
    expect(suggestions?.contact).toMatchObject(suggestion(expected.contact, contactIds));
    expect(suggestions?.account).toMatchObject(suggestion(expected.account, accountIds));
    expect(await api.head()).toBe(before);
  });

  it('is converted as previewed, or refused with the candidates', async () => {
    const { leadId, contactIds, accountIds } = await given(make());
    const { basis } = (await preview(api.admin, leadId)).expect(200);
    const target = expected.contact === 'choose' ? 'contact' : 'account';
    if (expected.contact === 'choose' || expected.account === 'choose') {
      const head = await api.head();
      const refused = (await convert(api.admin, leadId)).expect(409);
      const ids = target === 'contact' ? contactIds : accountIds;
      expect(refused).toMatchObject({
        code: 'choice_needed',
        target,
        candidates: ids.map((id) => ({ type: target, id })),
      });
      expect(await api.head()).toBe(head);
      const chosen = { [target]: { action: 'update', id: ids[1] } };
      const { conversion } = (await convert(api.admin, leadId, chosen)).expect(200);
      expect(conversion?.[`${target}Id`]).toBe(ids[1]);
      return;
    }
    const { conversion } = (await convert(api.admin, leadId, { basis })).expect(200);
    expect(conversion).toMatchObject({ case: expected.case, completed: true });
    if (expected.contact === 'update') expect(conversion?.contactId).toBe(contactIds[0]);
    if (expected.account === 'update') expect(conversion?.accountId).toBe(accountIds[0]);
    if (expected.account === 'none') expect(conversion).not.toHaveProperty('accountId');
    const contact = (await api.admin.get(`/v1/contacts/${conversion?.contactId}`)).expect(200);
    expect(entriesOf(contact.origins)).toMatchObject([{ type: 'lead', id: leadId }]);
    if (expected.contact === 'create') {
      expect(contact.accountId).toBe(conversion?.accountId);
    }
  });
});

function suggestion(action: string, ids: readonly string[]): object {
  if (action === 'choose') return { action, candidates: ids };
  return action === 'update' ? { action, id: ids[0] } : { action };
}

describe('a contact that is updated', () => {
  it('offers its own account', async () => {
    const email = uniqueEmail();
    const accountId = await capture(api.admin, 'accounts', { name: unique('Bến Thành') });
    const contactId = await capture(api.admin, 'contacts', { givenName: 'An', email, accountId });
    const leadId = await capture(api.admin, 'leads', { givenName: 'An', email });
    const { suggestions } = (await preview(api.admin, leadId)).expect(200);
    expect(suggestions).toMatchObject({
      contact: { action: 'update', id: contactId },
      account: { action: 'link', id: accountId },
    });
    const choices = { opportunity: { action: 'create', values: { name: 'Camera' } } };
    const { conversion } = (await convert(api.admin, leadId, choices)).expect(200);
    const made = (await api.admin.get(`/v1/opportunities/${conversion?.opportunityId}`)).expect(
      200,
    );
    expect(made).toMatchObject({ contactId, accountId });
  });

  it('keeps its values, gets those it lacks, and gives way where it is told to', async () => {
    const email = uniqueEmail();
    const contact = { givenName: 'An', email, jobTitle: 'Giám đốc' };
    const lead = { givenName: 'Ân', email, jobTitle: 'Kế toán', website: 'https://an.example.vn' };
    const contactId = await capture(api.admin, 'contacts', contact);
    const leadId = await capture(api.admin, 'leads', lead);
    (await convert(api.admin, leadId)).expect(200);
    const kept = (await api.admin.get(`/v1/contacts/${contactId}`)).expect(200);
    expect(kept).toMatchObject({ givenName: 'An', jobTitle: 'Giám đốc', website: lead.website });
    const choices = { contact: { action: 'update', overwrite: ['jobTitle'] } };
    (await convert(api.admin, leadId, choices)).expect(200);
    const overwritten = (await api.admin.get(`/v1/contacts/${contactId}`)).expect(200);
    expect(overwritten).toMatchObject({ givenName: 'An', jobTitle: 'Kế toán' });
  });
});

describe('fifty candidates', () => {
  it('are all named, the first created first', async () => {
    const email = uniqueEmail();
    const ids: string[] = [];
    for (let index = 0; index < 50; index++) {
      ids.push(await capture(api.admin, 'contacts', { givenName: `An ${index}`, email }));
    }
    const leadId = await capture(api.admin, 'leads', { givenName: 'An', email });
    const refused = (await convert(api.admin, leadId)).expect(409);
    expect(entriesOf(refused.candidates).map(({ id }) => id)).toEqual(ids);
    const chosen = { contact: { action: 'update', id: ids[49] } };
    const { conversion } = (await convert(api.admin, leadId, chosen)).expect(200);
    expect(conversion?.contactId).toBe(ids[49]);
    expect(await found(api, 'contacts', { email })).toHaveLength(50);
  });
});

describe('a choice', () => {
  it('to create although one exists is refused, unless it says allowDuplicate', async () => {
    const email = uniqueEmail();
    await capture(api.admin, 'contacts', { givenName: 'An', email });
    const leadId = await capture(api.admin, 'leads', { givenName: 'An', email });
    const create = { contact: { action: 'create' } };
    expect((await convert(api.admin, leadId, create)).expect(409).code).toBe('contact_exists');
    const anyway = { contact: { action: 'create', allowDuplicate: true } };
    (await convert(api.admin, leadId, anyway)).expect(200);
    expect(await found(api, 'contacts', { email })).toHaveLength(2);
  });

  it('of a record that is not there is refused by its path', async () => {
    const leadId = await capture(api.admin, 'leads', { givenName: 'An' });
    const refused = await convert(api.admin, leadId, { contact: { action: 'update', id: leadId } });
    expect(refused.expect(422).errors).toMatchObject([{ path: 'contact.id' }]);
  });

  it('of nothing at all is refused', async () => {
    const leadId = await capture(api.admin, 'leads', { givenName: unique('An') });
    const nothing = { contact: { action: 'none' }, account: { action: 'none' } };
    expect((await convert(api.admin, leadId, nothing)).expect(422).code).toBe('nothing_to_convert');
  });

  it('to link comes under an account that stays as it is', async () => {
    const accountId = await capture(api.admin, 'accounts', { name: unique('Chợ Lớn') });
    const leadId = await capture(api.admin, 'leads', {
      givenName: unique('An'),
      email: uniqueEmail(),
    });
    const link = { account: { action: 'link', id: accountId } };
    const { conversion } = (await convert(api.admin, leadId, link)).expect(200);
    expect((await api.admin.get(`/v1/accounts/${accountId}`)).body.revision).toBe(0);
    const contact = (await api.admin.get(`/v1/contacts/${conversion?.contactId}`)).expect(200);
    expect(member(contact, 'accountId')).toBe(accountId);
  });
});
