import { Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires, SignedIn } from '#access';
import { teamStream, type Uuid, userStream } from '#crm';
import { TEAMS, type TeamDocument, USERS, type UserDocument } from '#read-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerVersion } from '../http/answers.js';
import { Call } from '../http/call.js';
import { EXAMPLE_ID } from '../http/examples.js';
import { Route } from '../http/route.js';
import type { RouteSpec } from '../http/route-spec.js';
import { AFTER, closed } from '../http/schemas.js';
import { caughtUp } from '../reading/caught-up.js';
import { PAGING, type PagingQuery } from '../reading/list-query.js';
import { type Listed, pageOf } from '../reading/page-of.js';
import {
  HISTORY_QUERY,
  type History,
  type HistoryQuery,
  historyOf,
} from '../reading/stream-history.js';
import { noSuch } from '../reading/visible-record.js';

const COLLEAGUES = SignedIn('Records are given to colleagues, whom one has to know.');
const USER = { id: EXAMPLE_ID, name: 'Lê Thu', roles: ['salesperson'], active: true, revision: 0 };
const TEAM = { id: EXAMPLE_ID, name: 'Miền Nam', memberIds: [EXAMPLE_ID], revision: 1 };
const history = (example: object): Omit<RouteSpec, 'summary'> => ({
  access: Requires('configure'),
  query: HISTORY_QUERY,
  answer: {
    description: 'Changes, newest first.',
    schema: 'History',
    example: { items: [example] },
  },
});

/** Who works here. */
@ApiTags('users')
@Controller('v1')
export class PeopleQueriesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', 'users', {
    summary: 'Lists users by name',
    access: COLLEAGUES,
    query: closed(PAGING),
    answer: { description: 'A page.', schema: 'UserPage', example: { items: [USER] } },
    refusals: [503],
  })
  async users(@Query() { after, ...paging }: PagingQuery): Promise<Listed<UserDocument>> {
    await caughtUp(this.ledger, after, [USERS.name]);
    return pageOf(await this.ledger.read.queries.listUsers(paging), (user) => user);
  }

  @Route('GET', 'users/:id', {
    summary: 'Tells of one user',
    access: COLLEAGUES,
    query: closed({ after: AFTER }),
    answer: { description: 'The user.', schema: 'User', example: USER },
    refusals: [503],
  })
  async user(@Param('id') id: Uuid, @Call() call: Call): Promise<UserDocument | undefined> {
    const user = await this.one<UserDocument>(USERS.name, id, call);
    if (!user) throw noSuch('user');
    return answerVersion(call, user.revision, user);
  }

  @Route('GET', 'users/:id/history', {
    summary: 'Tells who changed what of a user when',
    ...history({ type: 'UserRolesChanged', revision: 1 }),
  })
  async userHistory(@Param('id') id: Uuid, @Query() query: HistoryQuery): Promise<History> {
    if (!this.ledger.people.user(id)) throw noSuch('user');
    return historyOf(this.ledger, userStream(id), query);
  }

  @Route('GET', 'teams', {
    summary: 'Lists teams by name',
    access: COLLEAGUES,
    query: closed(PAGING),
    answer: { description: 'A page.', schema: 'TeamPage', example: { items: [TEAM] } },
    refusals: [503],
  })
  async teams(@Query() { after, ...paging }: PagingQuery): Promise<Listed<TeamDocument>> {
    await caughtUp(this.ledger, after, [TEAMS.name]);
    return pageOf(await this.ledger.read.queries.listTeams(paging), (team) => team);
  }

  @Route('GET', 'teams/:id', {
    summary: 'Tells of one team',
    access: COLLEAGUES,
    query: closed({ after: AFTER }),
    answer: { description: 'The team.', schema: 'Team', example: TEAM },
    refusals: [503],
  })
  async team(@Param('id') id: Uuid, @Call() call: Call): Promise<TeamDocument | undefined> {
    const team = await this.one<TeamDocument>(TEAMS.name, id, call);
    if (!team) throw noSuch('team');
    return answerVersion(call, team.revision, team);
  }

  @Route('GET', 'teams/:id/history', {
    summary: 'Tells who changed what of a team when',
    ...history({ type: 'TeamMemberAdded', revision: 1 }),
  })
  async teamHistory(@Param('id') id: Uuid, @Query() query: HistoryQuery): Promise<History> {
    if (!this.ledger.people.team(id)) throw noSuch('team');
    return historyOf(this.ledger, teamStream(id), query);
  }

  private async one<Document>(
    collection: string,
    id: Uuid,
    { request }: Call,
  ): Promise<Document | undefined> {
    const { after } = request.query as { readonly after?: number };
    await caughtUp(this.ledger, after, [collection]);
    const { stores, read } = this.ledger;
    const stored = await stores.readStore.load(read.models.live(collection), [id]);
    return stored.get(id)?.document as Document | undefined;
  }
}
