import {
  type Authenticator,
  bootstrapAdmin,
  createAuthenticator,
  type FirstAdmin,
  issueToken,
  LONGEST_TTL_S,
  loadLocalKey,
  localKeyFromSecret,
  providerKeys,
  verifyToken,
} from '#access';
import type { Uuid } from '#crm';
import type { Clock, Config, IdSource } from '#platform';
import { processAuthority, type UserCommands } from '#write-side';
import type { Stores } from './open-stores.js';
import type { LivePeople } from './people.js';

/** Who may come in, and how they get a token. */
export interface AccessControl {
  readonly authenticator: Authenticator;
  /** Signs a token for a user. @param ttlSeconds 1 to `LONGEST_TTL_S` */
  issueToken(userId: Uuid, ttlSeconds: number): Promise<string>;
  /** Creates the first admin where there is no user yet. */
  bootstrap(users: UserCommands, ids: IdSource): Promise<FirstAdmin | undefined>;
}

/** The same for every process of an installation, so that two that start at once create one. */
const FIRST_ADMIN_ID = '5f2d9b7e-5d0c-5b7a-9c35-0e6a3f1c8d42';
const FIRST_ADMIN = { name: 'Admin', email: 'admin@leadledger.invalid' };

/** Sets up who may come in: the local key, and the identity provider where one is configured. */
export async function createAccess(
  { dataFolder, jwks }: Pick<Config, 'dataFolder' | 'jwks'>,
  { shared, keys }: Pick<Stores, 'shared' | 'keys'>,
  people: LivePeople,
  clock: Clock,
): Promise<AccessControl> {
  const localKey = shared
    ? localKeyFromSecret(await keys.hashSecret())
    : await loadLocalKey(dataFolder);
  const provider = jwks && { ...jwks, keys: providerKeys(jwks.url) };
  const verify = (token: string) => verifyToken(token, { localKey, provider, clock });
  const issue = (userId: Uuid, ttlSeconds: number) =>
    issueToken(localKey, clock, userId, ttlSeconds);
  return {
    authenticator: createAuthenticator({ verify, directory: people.directory, clock }),
    issueToken: issue,
    bootstrap: (users, ids) =>
      bootstrapAdmin({
        dataFolder,
        hasUsers: people.users().length > 0,
        newId: FIRST_ADMIN_ID,
        userIdIn: async (token) => {
          try {
            return (await verify(token)).subject;
          } catch {
            return undefined;
          }
        },
        issue: (userId) => issue(userId, LONGEST_TTL_S),
        createAdmin: async (userId) => {
          await users.invite(
            { kind: 'invite', ...FIRST_ADMIN, roles: ['admin'] },
            {
              authority: processAuthority('first-start'),
              commandId: ids.next(),
              correlationId: ids.next(),
              fresh: true,
            },
            userId,
          );
        },
      }),
  };
}
