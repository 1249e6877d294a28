import type { ApiClient } from '../connection/api-client.js';
import { PROVINCES } from './vietnamese.js';

/** A team of the demo: its sellers take turns, its manager cares for the leads. */
export interface DemoTeam {
  readonly id: string;
  readonly memberIds: readonly string[];
  readonly manager: ApiClient;
}

const PEOPLE: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  'Miền Bắc': [
    ['Đỗ Thanh Hà', 'ha', 'manager'],
    ['Nguyễn Văn Tùng', 'tung', 'salesperson'],
    ['Trần Thị Ngân', 'ngan', 'salesperson'],
  ],
  'Miền Trung': [
    ['Lê Quốc Bảo', 'bao', 'manager'],
    ['Phan Thị Duyên', 'duyen', 'salesperson'],
  ],
  'Miền Nam': [
    ['Huỳnh Minh Khoa', 'khoa', 'manager'],
    ['Võ Thị Trâm', 'tram', 'salesperson'],
    ['Phạm Đức Huy', 'huy', 'salesperson'],
  ],
};

/** Sets up the demo's teams and people, once however often it runs. They are the same for every seed. */
export async function setUpTeams(admin: ApiClient): Promise<ReadonlyMap<string, DemoTeam>> {
  const teams = new Map<string, DemoTeam>();
  for (const name of new Set(PROVINCES.map(({ team }) => team))) {
    const slug = Buffer.from(name).toString('hex');
    const created = await admin.ask<{ id: string }>('POST', '/v1/teams', {
      body: { name },
      key: `demo-team-${slug}`,
    });
    const memberIds: string[] = [];
    let manager = admin;
    for (const [person, mailbox, role] of PEOPLE[name] ?? []) {
      const user = await admin.ask<{ id: string }>('POST', '/v1/users', {
        body: { name: person, email: `${mailbox}@demo.example.vn`, roles: [role] },
        key: `demo-user-${mailbox}`,
      });
      await admin.ask('PUT', `/v1/teams/${created.id}/members/${user.id}`, {
        key: `demo-member-${mailbox}`,
      });
      memberIds.push(user.id);
      if (role === 'manager') manager = await signedIn(admin, user.id);
    }
    teams.set(name, { id: created.id, memberIds, manager });
  }
  return teams;
}

async function signedIn(admin: ApiClient, userId: string): Promise<ApiClient> {
  const path = `/v1/users/${userId}/tokens`;
  const { token } = await admin.ask<{ token: string }>('POST', path, {
    body: { ttlSeconds: 3_600 },
  });
  return admin.as(token);
}
