import type { Page } from '#read-store';
import {
  TEAMS,
  type TeamDocument,
  USERS,
  type UserDocument,
} from '../directory/directory-projections.js';
import { limitOf, type Paging, type QueryContext } from './query-context.js';

/** Users by name, deactivated ones included. */
export async function listUsers(
  { readStore, models }: QueryContext,
  query: Paging,
): Promise<Page<UserDocument>> {
  const { cursor } = query;
  return readStore.find<UserDocument>(models.live(USERS.name), {
    filter: {},
    sort: [{ field: 'name', direction: 'ascending' }],
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
}

/** Teams by name, dissolved ones included. */
export async function listTeams(
  { readStore, models }: QueryContext,
  query: Paging,
): Promise<Page<TeamDocument>> {
  const { cursor } = query;
  return readStore.find<TeamDocument>(models.live(TEAMS.name), {
    filter: {},
    sort: [{ field: 'name', direction: 'ascending' }],
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
}
