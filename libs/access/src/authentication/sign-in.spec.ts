import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recorded } from '#crm';
import { countingIds, settableClock } from '#platform';
import { createDirectory } from '../directory/directory.js';
import { bootstrapAdmin } from '../tokens/bootstrap-admin.js';
import { issueToken, LONGEST_TTL_S } from '../tokens/issue-token.js';
import { loadLocalKey } from '../tokens/local-key.js';
import { verifyToken } from '../tokens/verify-token.js';
import { createAuthenticator } from './authenticator.js';

const NOW = '2026-03-01T00:00:00.000Z';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sign in '));
});
afterEach(() => rm(folder, { recursive: true }));

function userEvent(userId: string, revision: number, type: string, data: object): Recorded {
  const ids = { commandId: userId, correlationId: userId, causationId: userId };
  const actor = { kind: 'process', id: 'first-start' } as const;
  const instants = { recordedAt: NOW, occurredAt: NOW };
  return {
    id: `${userId}-${revision}`,
    type,
    data,
    stream: `user-${userId}`,
    revision,
    position: revision,
    metadata: { ...ids, ...instants, actor, schemaVersion: 1, settingsRevision: -1 },
  };
}

/** An installation on the folder, as a start of the product puts it together. */
async function started() {
  const [clock, directory] = [settableClock(NOW), createDirectory()];
  const localKey = await loadLocalKey(folder);
  const verify = (token: string) => verifyToken(token, { localKey, clock });
  const { authenticate } = createAuthenticator({ verify, directory, clock });
  const invite = (userId: string) =>
    directory.apply(
      userEvent(userId, 0, 'UserInvited', { name: 'Admin', locale: 'en', roles: ['admin'] }),
    );
  return { clock, directory, localKey, verify, authenticate, invite };
}

describe('signing in', () => {
  it('works with the admin’s token from the first start, after a restart too', async () => {
    const first = await started();
    const admin = await bootstrapAdmin({
      dataFolder: folder,
      hasUsers: first.directory.hasUsers(),
      newId: countingIds().next(),
      userIdIn: (token) =>
        first.verify(token).then(
          ({ subject }) => subject,
          () => undefined,
        ),
      issue: (userId) => issueToken(first.localKey, first.clock, userId, LONGEST_TTL_S),
      createAdmin: async (userId) => first.invite(userId),
    });
    const header = `Bearer ${admin?.token}`;
    expect(await first.authenticate(header)).toMatchObject({ roles: ['admin'] });

    const second = await started();
    second.invite(admin?.userId ?? '');
    expect(await second.authenticate(header)).toMatchObject({ userId: admin?.userId });
    expect(second.directory.hasUsers()).toBe(true);
  });

  it('ends with the user’s deactivation, however long the token is good for', async () => {
    const { authenticate, clock, directory, invite, localKey } = await started();
    invite('an');
    const header = `Bearer ${await issueToken(localKey, clock, 'an', LONGEST_TTL_S)}`;
    await authenticate(header);
    directory.apply(userEvent('an', 1, 'UserDeactivated', {}));
    await expect(authenticate(header)).rejects.toMatchObject({ code: 'user_not_active' });
  });

  it('ends for everybody when the key is taken away', async () => {
    const { clock, localKey } = await started();
    const header = `Bearer ${await issueToken(localKey, clock, 'an', 60)}`;
    await rm(join(folder, 'token.key'));
    const later = await started();
    later.invite('an');
    await expect(later.authenticate(header)).rejects.toMatchObject({ code: 'token_invalid' });
  });
});
