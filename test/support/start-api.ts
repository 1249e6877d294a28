import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Position, UserRole } from '#crm';
import { type Config, createShutdown, readConfig, silentLogger } from '#platform';
import { compose, type Surroundings } from '../../apps/api/src/composition/compose.js';
import type { Leadledger } from '../../apps/api/src/composition/leadledger.js';
import { serve } from '../../apps/api/src/serve.js';
import { createClient, member, type TestClient } from './client.js';
import { serversFor } from './servers-for.js';

export interface TestApi {
  readonly url: string;
  /** Every route that is registered, as `GET /v1/leads/:id`. */
  readonly routes: readonly string[];
  /** The data folder. */
  readonly folder: string;
  readonly ledger: Leadledger;
  /** Speaks as the first admin. */
  readonly admin: TestClient;
  /** Speaks as nobody. */
  readonly stranger: TestClient;
  /** Invites a user with these roles, into these teams, and speaks as them. */
  user(roles: readonly UserRole[], teamIds?: readonly string[]): Promise<TestUser>;
  /** Forms a team and answers its id. */
  team(): Promise<string>;
  /** The position of the last event, but for those that processes add in their own time: a refused command adds none. */
  head(): Promise<Position>;
  /** Stops, and deletes the folder unless it is to be opened again. */
  stop(options?: { readonly keep?: boolean }): Promise<void>;
}

export interface TestUser extends TestClient {
  readonly id: string;
}

export interface StartOptions extends Surroundings {
  /** Opens this folder instead of a new one. */
  readonly folder?: string;
  readonly config?: Partial<Config>;
}

/** Puts the whole product together on a folder of its own, listening on a port of its own. */
export async function startApi(options: StartOptions = {}): Promise<TestApi> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'leadledger-'));
  const servers = serversFor(folder);
  const config = {
    ...readConfig({
      LEADLEDGER_PORT: '0',
      LEADLEDGER_RATE_LIMIT: '0',
      LEADLEDGER_DATA: folder,
      ...servers.environment,
    }),
    ...options.config,
  };
  const logger = options.logger ?? silentLogger;
  const ledger = await compose(config, { ...options, logger });
  const server = await serve(ledger);
  const adminId = ledger.people.activeAdmins()[0] ?? '';
  const admin = createClient(server.url, await ledger.issueToken(adminId, 3_600));

  return {
    url: server.url,
    routes: server.routes,
    folder,
    ledger,
    admin,
    stranger: createClient(server.url),
    async user(roles, teamIds = []) {
      const body = { name: 'Lê Thu', email: `${randomUUID()}@example.vn`, roles, locale: 'en' };
      const id = member((await admin.post('/v1/users', body)).expect(201), 'id');
      for (const teamId of teamIds) {
        (await admin.put(`/v1/teams/${teamId}/members/${id}`)).expect(200);
      }
      const issued = (await admin.post(`/v1/users/${id}/tokens`, {})).expect(201);
      return { id, ...createClient(server.url, member(issued, 'token')) };
    },
    async team() {
      const formed = await admin.post('/v1/teams', { name: `Đội ${randomUUID()}` });
      return member(formed.expect(201), 'id');
    },
    head: () => ownHead(ledger),
    async stop({ keep = false } = {}) {
      const shutdown = createShutdown(logger);
      shutdown.add('http', server.close);
      ledger.stopWith(shutdown);
      const { clean } = await shutdown.run('end of test');
      if (!keep) {
        rmSync(folder, { recursive: true, force: true });
        await servers.forget();
      }
      if (!clean) throw new Error('The product did not stop cleanly.');
    },
  };
}

/** Notices, what sends them, reminders and changed policies follow what happens in their own time. */
const FOLLOWING = /^(?:notification|delivery|dispatch|policy|process|reminder)-/;

/** Not the server's own, which others move as well. */
async function ownHead({ stores }: Leadledger): Promise<Position> {
  // On shared servers a longer page is found by reading what everybody else wrote.
  for (let limit = 1; ; limit *= 4) {
    const latest = await stores.log.readAll({ direction: 'backwards', limit, sealed: true });
    const last = latest.find(
      ({ stream, metadata }) => metadata.actor.kind !== 'process' || !FOLLOWING.test(stream),
    );
    if (last || latest.length < limit) return last?.position ?? -1;
  }
}
