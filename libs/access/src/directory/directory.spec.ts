import type { Recorded } from '#crm';
import { createDirectory } from './directory.js';

/** A log whose positions and revisions count up as events are told. */
function telling() {
  const directory = createDirectory();
  const revisions = new Map<string, number>();
  const told: Recorded[] = [];
  const tell = (stream: string, type: string, data: object = {}) => {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const instant = '2026-03-01T00:00:00.000Z';
    const event: Recorded = {
      type,
      data,
      id: `e${told.length}`,
      stream,
      revision,
      position: told.length,
      metadata: {
        schemaVersion: 1,
        actor: { kind: 'process', id: 'test' },
        commandId: 'c',
        correlationId: 'c',
        causationId: 'c',
        recordedAt: instant,
        occurredAt: instant,
        settingsRevision: -1,
      },
    };
    told.push(event);
    directory.apply(event);
  };
  return { directory, tell, told };
}

function withTwoTeams() {
  const log = telling();
  log.tell('user-an', 'UserInvited', {
    name: 'Trần An',
    email: 'An@example.vn',
    locale: 'vi',
    roles: ['salesperson'],
  });
  log.tell('user-binh', 'UserInvited', { name: 'Lê Bình', roles: ['manager', 'analyst'] });
  log.tell('user-chi', 'UserInvited', { name: 'Chi', roles: [] });
  log.tell('team-north', 'TeamFormed', { name: 'North' });
  log.tell('team-north', 'TeamMemberAdded', { userId: 'an' });
  log.tell('team-north', 'TeamMemberAdded', { userId: 'binh' });
  log.tell('team-south', 'TeamFormed', { name: 'South' });
  log.tell('team-south', 'TeamMemberAdded', { userId: 'binh' });
  log.tell('team-south', 'TeamMemberAdded', { userId: 'chi' });
  return log;
}

describe('the directory', () => {
  it('knows nobody at first', () => {
    const { directory } = telling();
    expect(directory.hasUsers()).toBe(false);
    expect(directory.principalOf('an')).toBeUndefined();
    expect(directory.membersOf('north')).toEqual([]);
  });

  it('tells a caller’s roles, teams, team members and locale', () => {
    const { directory } = withTwoTeams();
    expect(directory.hasUsers()).toBe(true);
    expect(directory.principalOf('an')).toEqual({
      userId: 'an',
      roles: ['salesperson'],
      teamIds: ['north'],
      teamMemberIds: ['an', 'binh'],
      locale: 'vi',
    });
    expect(directory.principalOf('binh')).toMatchObject({
      roles: ['manager', 'analyst'],
      teamIds: ['north', 'south'],
      teamMemberIds: ['an', 'binh', 'chi'],
    });
  });

  it('follows every change at once', () => {
    const { directory, tell } = withTwoTeams();
    directory.principalOf('an');
    tell('user-an', 'UserRolesChanged', { from: ['salesperson'], to: ['support'] });
    tell('team-north', 'TeamMemberRemoved', { userId: 'an' });
    tell('user-an', 'UserEdited', {
      changes: [
        { field: 'locale', from: 'vi', to: 'en' },
        { field: 'name', from: 'Trần An', to: 'An' },
      ],
    });
    expect(directory.principalOf('an')).toEqual({
      userId: 'an',
      roles: ['support'],
      teamIds: [],
      teamMemberIds: [],
      locale: 'en',
    });
    expect(directory.user('an')).toMatchObject({ name: 'An', email: 'An@example.vn' });
  });

  it('lets a deactivated user in no more, until reactivated; the team keeps their records', () => {
    const { directory, tell } = withTwoTeams();
    tell('user-an', 'UserDeactivated');
    expect(directory.principalOf('an')).toBeUndefined();
    expect(directory.activeUserByEmail('an@example.vn')).toBeUndefined();
    expect(directory.principalOf('binh')?.teamMemberIds).toContain('an');
    tell('user-an', 'UserReactivated');
    expect(directory.principalOf('an')?.roles).toEqual(['salesperson']);
  });

  it('finds a user by address in any letter case, but not one of two', () => {
    const { directory, tell } = withTwoTeams();
    expect(directory.activeUserByEmail(' AN@EXAMPLE.VN')).toBe('an');
    expect(directory.activeUserByEmail('nobody@example.vn')).toBeUndefined();
    tell('user-chi', 'UserEdited', { changes: [{ field: 'email', to: 'an@example.vn' }] });
    expect(directory.activeUserByEmail('an@example.vn')).toBeUndefined();
  });

  it('names users, and leaves out those unknown or erased', () => {
    const { directory, tell } = withTwoTeams();
    tell('user-erased', 'UserInvited', { roles: ['admin'] });
    expect([...directory.userNames(['an', 'erased', 'nobody', 'chi'])]).toEqual([
      ['an', 'Trần An'],
      ['chi', 'Chi'],
    ]);
  });

  it('is the same when events come again', () => {
    const { directory, tell, told } = withTwoTeams();
    tell('user-an', 'UserDeactivated');
    tell('team-south', 'TeamRenamed', { from: 'South', to: 'Nam' });
    for (const event of told) directory.apply(event);
    expect(directory.principalOf('an')).toBeUndefined();
    expect(directory.team('south')).toMatchObject({ name: 'Nam', status: 'formed' });
    expect(directory.membersOf('south')).toEqual(['binh', 'chi']);
  });

  it('gives no right by roles that it does not know, nor to whoever was never invited', () => {
    const { directory, tell } = telling();
    tell('user-x', 'UserInvited', { name: 'X', roles: ['root', 'constructor', 'support'] });
    tell('user-z', 'UserRolesChanged', { to: ['admin'] });
    tell('user-z', 'UserPromotedInAnotherVersion', { roles: ['admin'] });
    tell('lead-w', 'UserInvited', { roles: ['admin'] });
    expect(directory.principalOf('x')?.roles).toEqual(['support']);
    expect(directory.principalOf('z')).toBeUndefined();
    expect(directory.principalOf('w')).toBeUndefined();
  });

  it('lets go of a dissolved team', () => {
    const { directory, tell } = withTwoTeams();
    tell('team-north', 'TeamDissolved');
    expect(directory.principalOf('an')).toMatchObject({ teamIds: [], teamMemberIds: [] });
    expect(directory.team('north')?.status).toBe('dissolved');
  });
});
