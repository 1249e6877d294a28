import { entriesOf } from '../support/client.js';
import { capture, convert, preview, unique, uniqueEmail } from '../support/conversions.js';
import { addressOf, describedApi } from '../support/openapi.js';
import { startApi, type TestApi, type TestUser } from '../support/start-api.js';

let api: TestApi;
let seller: TestUser;
let colleague: TestUser;
let outsider: TestUser;
let manager: TestUser;
let support: TestUser;
let analyst: TestUser;
let integration: TestUser;
let teamId = '';

beforeAll(async () => {
  api = await startApi();
  teamId = await api.team();
  seller = await api.user(['salesperson'], [teamId]);
  colleague = await api.user(['salesperson'], [teamId]);
  manager = await api.user(['manager'], [teamId]);
  outsider = await api.user(['salesperson'], [await api.team()]);
  support = await api.user(['support']);
  analyst = await api.user(['analyst']);
  integration = await api.user(['integration']);
});
afterAll(() => api.stop());

describe('without a token', () => {
  it('every route is closed but those that say why they are open', async () => {
    const { operations } = await describedApi(api);
    const open: string[] = [];
    for (const operation of operations) {
      const { method } = operation;
      const address = addressOf(operation).replace('/events/stream', '/events/stream?after=-1');
      const answer = await api.stranger.send(method, address, undefined);
      if (answer.status !== 401) open.push(`${method} ${operation.path}`);
      else expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
    expect(open.sort()).toEqual(['GET /health/live', 'GET /health/ready']);
  });

  it.each([
    ['another scheme', 'Basic YWRtaW46YWRtaW4='],
    ['no token', 'Bearer '],
    ['a token of nobody', 'Bearer a.b.c'],
    ['an unsigned one', `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`],
  ])('%s is refused', async (_what, authorization) => {
    const answer = await api.stranger.get('/v1/me', { authorization });
    expect(answer.expect(401).code).toMatch(/^token_/);
  });

  it('a token that was tampered with is refused', async () => {
    const [head, payload, signature] = (api.admin.token ?? '').split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: seller.id })).toString('base64url');
    const authorization = `Bearer ${head}.${forged}.${signature}`;
    (await api.stranger.get('/v1/me', { authorization })).expect(401);
  });

  it('nobody makes the process read a large body', async () => {
    const content = 'A'.repeat(8 * 1_048_576);
    const path = '/v1/leads/0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11/notes';
    const answer = await api.stranger
      .post(path, { attachments: [{ name: 'a', mediaType: 'text/plain', content }] })
      .catch(() => undefined);
    // The connection may be closed before all is sent.
    expect([401, undefined]).toContain(answer?.status);
  });
});

describe('a record of a salesperson', () => {
  it('is read by the team, edited by its owner alone, and not there for others', async () => {
    const id = await capture(seller, 'leads', { givenName: 'An' });
    const path = `/v1/leads/${id}`;
    expect((await seller.get(path)).expect(200).ownerId).toBe(seller.id);
    (await colleague.get(path)).expect(200);
    (await colleague.patch(path, { title: 'Anh' })).expect(403);
    (await colleague.delete(path)).expect(403);
    (await colleague.post(`${path}/conversion`, {})).expect(403);
    (await manager.patch(path, { title: 'Anh' })).expect(200);
    for (const who of [outsider]) {
      (await who.get(path)).expect(404);
      (await who.get(`${path}/timeline`)).expect(404);
      (await who.get(`${path}/provenance`)).expect(404);
      (await who.get(`${path}/notes`)).expect(404);
      (await who.get(`${path}/attachments`)).expect(404);
      (await who.get(`${path}/activities`)).expect(404);
      (await who.get(`${path}?asOf=position:999`)).expect(404);
      (await who.patch(path, { title: 'Anh' })).expect(404);
      (await who.post(`${path}/stage`, { stageId: 'qualified' })).expect(404);
      (await who.post(`${path}/conversion/preview`, {})).expect(404);
      (await who.delete(path)).expect(404);
    }
    (await support.get(path)).expect(200);
    (await support.patch(path, { title: 'Anh' })).expect(403);
    (await analyst.post('/v1/leads', { givenName: 'An' })).expect(403);
    (await integration.patch(path, { title: 'Chị' })).expect(200);
    (await integration.delete(path)).expect(403);
  });

  it('shows in lists as far as each may read, whatever the filter says', async () => {
    const source = unique('Phạm vi');
    const own = await capture(seller, 'leads', { givenName: 'An', source });
    const theirs = await capture(outsider, 'leads', { givenName: 'Bình', source });
    const nobodys = await capture(api.admin, 'leads', { givenName: 'Chi', source });
    const teams = await capture(api.admin, 'leads', { givenName: 'Dũng', source, teamId });
    const after = await api.head();
    const listed = async (who: TestUser, filter: object) => {
      const query = `filter=${encodeURIComponent(JSON.stringify(filter))}&after=${after}`;
      const { items } = (await who.get(`/v1/leads?${query}`)).expect(200);
      return entriesOf(items)
        .map(({ id }) => String(id))
        .sort();
    };
    const everything = [own, theirs, nobodys, teams].sort();
    expect(await listed(seller, { source })).toEqual([own, teams].sort());
    expect(await listed(manager, { source })).toEqual([own, teams].sort());
    expect(await listed(outsider, { source })).toEqual([theirs]);
    expect(await listed(support, { source })).toEqual(everything);
    const around = { $or: [{ source }, { ownerId: outsider.id }, { ownerId: { $ne: seller.id } }] };
    expect(await listed(seller, { $and: [{ source }, around] })).toEqual([own, teams].sort());
    const search = await seller.get(`/v1/leads?q=B%C3%ACnh&after=${after}`);
    expect(entriesOf(search.expect(200).items).map(({ id }) => id)).not.toContain(theirs);
  });
});

describe('what a caller may not edit', () => {
  it('neither matches at conversion nor shows in any answer', async () => {
    const email = uniqueEmail();
    const organisation = unique('Bí Mật');
    const contactId = await capture(outsider, 'contacts', { givenName: 'An', email });
    const accountId = await capture(outsider, 'accounts', { name: organisation });
    const leadId = await capture(seller, 'leads', { givenName: 'An', email, organisation });
    const previewed = await preview(seller, leadId);
    expect(previewed.expect(200)).toMatchObject({
      case: 1,
      suggestions: { contact: { action: 'create' }, account: { action: 'create' } },
    });
    const named = await preview(seller, leadId, { contact: { action: 'update', id: contactId } });
    const unknown = await preview(seller, leadId, { contact: { action: 'update', id: leadId } });
    expect(named.body.obstacles).toEqual(unknown.body.obstacles);
    const converted = await convert(seller, leadId);
    const { conversion } = converted.expect(200);
    for (const text of [previewed.text, converted.text]) {
      expect(text).not.toContain(contactId);
      expect(text).not.toContain(accountId);
    }
    expect([conversion?.contactId, conversion?.accountId]).not.toEqual([contactId, accountId]);
    expect((await api.admin.get(`/v1/contacts/${contactId}`)).body.revision).toBe(0);
  });

  it('matches where it may be edited', async () => {
    const email = uniqueEmail();
    const contactId = await capture(seller, 'contacts', { givenName: 'An', email });
    const leadId = await capture(seller, 'leads', { givenName: 'An', email });
    const { suggestions } = (await preview(seller, leadId)).expect(200);
    expect(suggestions?.contact).toEqual({ action: 'update', id: contactId });
  });

  it('does not show among the duplicates of a capture, unless it may be read', async () => {
    const email = uniqueEmail();
    const first = await capture(outsider, 'leads', { givenName: 'An', email });
    const body = { givenName: unique('Bình'), email };
    expect((await seller.post('/v1/leads', body)).expect(201).duplicates).toEqual([]);
    const seen = (await support.get(`/v1/leads/${first}`)).expect(200);
    const told = (await integration.post('/v1/leads', body)).expect(201).duplicates;
    expect(entriesOf(told).map(({ id }) => id)).toContain(seen.id);
  });
});

describe('what concerns no single record', () => {
  it.each([
    ['POST', '/v1/users', { name: 'A', email: 'a@b.vn', roles: ['admin'] }],
    ['POST', '/v1/teams', { name: 'A' }],
    ['PATCH', '/v1/settings/general', { currency: 'USD' }],
    ['GET', '/v1/settings/history', undefined],
  ])('needs the right to configure: %s %s', async (method, path, body) => {
    for (const who of [seller, manager, support, analyst, integration]) {
      const json = body && JSON.stringify(body);
      const headers: Record<string, string> = body ? { 'content-type': 'application/json' } : {};
      (await who.send(method, path, json, headers)).expect(403);
    }
  });

  it.each(['/v1/events', '/v1/conversions', '/v1/merges', '/metrics'])(
    'needs the right to audit: %s',
    async (path) => {
      for (const who of [seller, manager, support]) (await who.get(path)).expect(403);
      for (const who of [analyst, integration]) (await who.get(path)).expect(200);
    },
  );

  it('is open to all where they need it: who they are, the settings, their colleagues', async () => {
    for (const who of [seller, support]) {
      expect((await who.get('/v1/me')).expect(200).id).toBe(who.id);
      (await who.get('/v1/settings')).expect(200);
      (await who.get(`/v1/users/${colleague.id}`)).expect(200);
      (await who.get('/v1/teams')).expect(200);
    }
    (await seller.post(`/v1/users/${api.ledger.people.activeAdmins()[0]}/tokens`, {})).expect(403);
  });

  it('changes at once when roles or teams do', async () => {
    const user = await api.user(['support']);
    (await user.post('/v1/leads', { givenName: 'An' })).expect(403);
    (await api.admin.put(`/v1/users/${user.id}/roles`, { roles: ['salesperson'] })).expect(200);
    (await user.post('/v1/leads', { givenName: 'An' })).expect(201);
    const id = await capture(seller, 'leads', { givenName: 'An' });
    (await user.get(`/v1/leads/${id}`)).expect(404);
    (await api.admin.put(`/v1/teams/${teamId}/members/${user.id}`)).expect(200);
    (await user.get(`/v1/leads/${id}`)).expect(200);
    (await api.admin.delete(`/v1/teams/${teamId}/members/${user.id}`)).expect(200);
    (await user.get(`/v1/leads/${id}`)).expect(404);
  });

  it('keeps an admin: the last one cannot step down or be deactivated', async () => {
    const [adminId] = api.ledger.people.activeAdmins();
    const refused = await api.admin.post(`/v1/users/${adminId}/deactivation`);
    expect(refused.expect(409).code).toBe('last_admin');
  });
});
