import { entriesOf, member } from '../support/client.js';
import { startApi, type TestApi, type TestUser } from '../support/start-api.js';

let api: TestApi;
let seller: TestUser;
beforeAll(async () => {
  api = await startApi();
  seller = await api.user(['salesperson']);
});
afterAll(() => api.stop());

const form = (name: string) => api.admin.post('/v1/teams', { name });
const formed = async (name: string) => member((await form(name)).expect(201), 'id');

describe('a team', () => {
  it('is not called as another, however that is written', async () => {
    const south = await formed('Miền Nam');
    const north = await formed('Miền Bắc');
    const head = await api.head();
    for (const name of ['Miền Nam', ' miền  NAM', 'Miền Nam'.normalize('NFD')]) {
      for (const answer of [
        await form(name),
        await api.admin.patch(`/v1/teams/${north}`, { name }),
      ]) {
        expect(answer.expect(409)).toMatchObject({
          code: 'duplicate_name',
          errors: [{ path: 'name' }],
        });
      }
    }
    expect(await api.head()).toBe(head);
    (await api.admin.patch(`/v1/teams/${south}`, { name: 'MIỀN NAM' })).expect(200);
    (await api.admin.delete(`/v1/teams/${south}`)).expect(200);
    await formed('Miền Nam');
  });

  it('is formed once by many who call it the same at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => form('Miền Trung')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(7).fill(409)]);
  });

  it('has members who are active users, and no team', async () => {
    const id = await formed('Miền Tây');
    const gone = await api.user(['salesperson']);
    (await api.admin.post(`/v1/users/${gone.id}/deactivation`)).expect(200);
    for (const member of [gone.id, id, '00000000-0000-4000-8000-000000000000']) {
      expect((await api.admin.put(`/v1/teams/${id}/members/${member}`)).expect(422)).toMatchObject({
        code: 'unknown_reference',
        errors: [{ path: 'userId' }],
      });
    }
  });
});

describe('the history of people', () => {
  it('tells who changed what when, newest first, page by page', async () => {
    const id = await formed('Đông');
    (await api.admin.put(`/v1/teams/${id}/members/${seller.id}`)).expect(200);
    (await api.admin.patch(`/v1/teams/${id}`, { name: 'Đông Bắc' })).expect(200);
    const page = (await api.admin.get(`/v1/teams/${id}/history?limit=2`)).expect(200);
    expect(entriesOf(page.items)).toMatchObject([
      { type: 'TeamRenamed', data: { from: 'Đông', to: 'Đông Bắc' } },
      { type: 'TeamMemberAdded', data: { userId: seller.id } },
    ]);
    expect(entriesOf(page.items)[0]?.metadata?.actor).toEqual({
      kind: 'user',
      id: api.ledger.people.activeAdmins()[0],
    });
    const path = `/v1/teams/${id}/history?before=${page.before}`;
    expect(entriesOf((await api.admin.get(path)).expect(200).items)).toMatchObject([
      { type: 'TeamFormed', data: { name: 'Đông' } },
    ]);

    (await api.admin.put(`/v1/users/${seller.id}/roles`, { roles: ['manager'] })).expect(200);
    const { items } = (await api.admin.get(`/v1/users/${seller.id}/history?limit=1`)).expect(200);
    expect(entriesOf(items)).toMatchObject([
      { type: 'UserRolesChanged', data: { from: ['salesperson'], to: ['manager'] } },
    ]);
    for (const address of [`teams/${id}`, `users/${seller.id}`]) {
      (await seller.get(`/v1/${address}/history`)).expect(403);
    }
    for (const kind of ['teams', 'users']) {
      const unknown = `/v1/${kind}/00000000-0000-4000-8000-000000000000/history`;
      (await api.admin.get(unknown)).expect(404);
    }
  });
});
