import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { ApiClient } from '../connection/api-client.js';
import { type ReachOptions, withApi } from '../connection/reach-api.js';

interface TokenFlags extends ReachOptions {
  readonly days?: string;
}

interface User {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
}

async function token(user: string, flags: TokenFlags): Promise<void> {
  const days = Number(flags.days ?? 30);
  if (!(days > 0 && days <= 3_650)) throw new CliError('--days is a number up to 3650.', 2);
  await withApi(flags, async (api) => {
    const { id } = await find(api, user);
    const body = { ttlSeconds: Math.ceil(days * 86_400) };
    const issued = await api.ask<{ token: string }>('POST', `/v1/users/${id}/tokens`, { body });
    process.stdout.write(`${issued.token}\n`);
  });
}

/** The one user with this id, e-mail or name. */
async function find(api: ApiClient, wanted: string): Promise<User> {
  const called = wanted.normalize('NFC').trim().toLowerCase();
  const found: User[] = [];
  let cursor = '';
  do {
    const path = `/v1/users?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = await api.ask<{ items: readonly User[]; next?: string }>('GET', path);
    found.push(
      ...page.items.filter((user) =>
        [user.id, user.email, user.name].some((word) => word?.toLowerCase() === called),
      ),
    );
    cursor = page.next ?? '';
  } while (cursor !== '');
  const [user] = found;
  if (!user) throw new CliError('There is no such user.');
  if (found.length > 1) throw new CliError('Several users go by this name; give the id or e-mail.');
  return user;
}

export function addToken(program: Command, reach: (command: Command) => Command): void {
  reach(program.command('token'))
    .description('issue a token for a user')
    .argument('<user>', 'id, e-mail or name')
    .option('--days <days>', 'how long it is good for (default: 30)')
    .action(token);
}
