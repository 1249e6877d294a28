import { given, ID, OTHER_ID } from '../../test/given.js';
import { type TeamCommand, teamDecider } from './team.js';
import type { TeamEvent } from './team-events.js';

const FORMED: TeamEvent = { type: 'TeamFormed', data: { name: 'Miền Nam' } };
const JOINED: TeamEvent = { type: 'TeamMemberAdded', data: { userId: ID } };
const DISSOLVED: TeamEvent = { type: 'TeamDissolved', data: {} };
const team = given(teamDecider, [FORMED, JOINED]);

describe('a team', () => {
  it('is formed once', () => {
    given(teamDecider).when({ kind: 'form', name: ' Miền Nam ' }).decides(FORMED);
    team.when({ kind: 'form', name: 'Miền Bắc' }).refused('team_exists');
    given(teamDecider).when({ kind: 'form', name: '' }).refused('invalid_fields', 'name');
  });

  it('is renamed', () => {
    team
      .when({ kind: 'rename', name: 'Miền Bắc' })
      .decides({ type: 'TeamRenamed', data: { from: 'Miền Nam', to: 'Miền Bắc' } });
    team.when({ kind: 'rename', name: 'Miền Nam' }).decides();
  });

  it('takes each member once, and lets go', () => {
    team.when({ kind: 'add-member', userId: ID }).decides();
    expect(team.when({ kind: 'add-member', userId: OTHER_ID }).after().memberIds).toEqual([
      ID,
      OTHER_ID,
    ]);
    expect(team.when({ kind: 'remove-member', userId: ID }).after().memberIds).toEqual([]);
    team.when({ kind: 'remove-member', userId: OTHER_ID }).decides();
    team.when({ kind: 'add-member', userId: 'Mai' }).refused('invalid_fields', 'userId');
  });

  it('dissolves once, and takes nothing more', () => {
    team.when({ kind: 'dissolve' }).decides(DISSOLVED);
    const dissolved = given(teamDecider, [FORMED, JOINED, DISSOLVED]);
    expect(dissolved.state.memberIds).toEqual([]);
    dissolved.when({ kind: 'dissolve' }).decides();
    dissolved.when({ kind: 'add-member', userId: ID }).refused('team_dissolved');
  });

  it.each<TeamCommand>([{ kind: 'rename', name: 'A' }, { kind: 'dissolve' }])(
    'that was never formed refuses to $kind',
    (command) => {
      given(teamDecider).when(command).refused('team_not_found');
    },
  );
});
