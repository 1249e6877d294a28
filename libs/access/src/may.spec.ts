import { Refusal } from '#crm';
import { may, mayAtAll, requireProductRight, requireRight, type Subject } from './may.js';
import type { Principal } from './principal.js';
import type { Role } from './rights.js';

const principal = (role: Role): Principal => ({
  userId: 'me',
  roles: [role],
  teamIds: ['north'],
  teamMemberIds: ['me', 'colleague'],
  locale: 'vi',
});
const lead = (subject: Omit<Subject, 'type'>): Subject => ({ type: 'lead', ...subject });

const MINE = lead({ ownerId: 'me', teamId: 'south' });
const COLLEAGUES = lead({ ownerId: 'colleague' });
const OF_MY_TEAM = lead({ ownerId: 'stranger', teamId: 'north' });
const UNOWNED_OF_MY_TEAM = lead({ teamId: 'north', createdBy: 'stranger' });
const STRANGERS = lead({ ownerId: 'stranger', teamId: 'south', createdBy: 'me' });
const NOBODYS_BY_ME = lead({ createdBy: 'me' });
const NOBODYS = lead({ ownerId: null, teamId: null, createdBy: 'stranger' });
const ALL = [MINE, COLLEAGUES, OF_MY_TEAM, UNOWNED_OF_MY_TEAM, STRANGERS, NOBODYS_BY_ME, NOBODYS];

describe('may', () => {
  it.each<[Role, string, 'read' | 'edit' | 'delete', readonly Subject[]]>([
    ['admin', 'everything', 'edit', ALL],
    [
      'manager',
      'the team',
      'edit',
      [MINE, COLLEAGUES, OF_MY_TEAM, UNOWNED_OF_MY_TEAM, NOBODYS_BY_ME],
    ],
    [
      'salesperson',
      'the team',
      'read',
      [MINE, COLLEAGUES, OF_MY_TEAM, UNOWNED_OF_MY_TEAM, NOBODYS_BY_ME],
    ],
    ['salesperson', 'their own', 'edit', [MINE, NOBODYS_BY_ME]],
    ['support', 'everything', 'read', ALL],
    ['support', 'nothing', 'edit', []],
    ['integration', 'nothing', 'delete', []],
  ])('lets a %s reach %s to %s', (role, _, action, expected) => {
    expect(ALL.filter((subject) => may(principal(role), action, subject))).toEqual(expected);
  });

  it('takes an activity as its assignee’s, not its owner’s', () => {
    const activity = { type: 'activity', assigneeId: 'me', ownerId: 'stranger' } as const;
    expect(may(principal('salesperson'), 'edit', activity)).toBe(true);
    expect(may(principal('salesperson'), 'edit', { ...activity, type: 'lead' })).toBe(false);
  });

  it('lets a salesperson create for themselves and their team, not for strangers', () => {
    const me = principal('salesperson');
    const created = (subject: Omit<Subject, 'type'>) =>
      may(me, 'create', lead({ createdBy: 'me', ...subject }));
    expect([created({}), created({ ownerId: 'me' }), created({ ownerId: 'colleague' })]).toEqual([
      true,
      true,
      true,
    ]);
    expect([created({ ownerId: 'stranger' }), created({ teamId: 'south' })]).toEqual([
      false,
      false,
    ]);
  });
});

describe('requireRight', () => {
  const refusalOf = (run: () => void) => {
    try {
      run();
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    return undefined;
  };
  const me = principal('salesperson');

  it('says nothing of a record that the caller may not read', () => {
    const refusal = refusalOf(() => requireRight(me, 'edit', STRANGERS));
    expect([refusal?.kind, refusal?.code]).toEqual(['not-found', 'not_found']);
  });

  it('forbids what the caller may see but not do', () => {
    const refusal = refusalOf(() => requireRight(me, 'edit', COLLEAGUES));
    expect([refusal?.kind, refusal?.facts]).toEqual([
      'forbidden',
      { action: 'edit', recordType: 'lead' },
    ]);
  });

  it('forbids creating for strangers, rather than not finding what is not there yet', () => {
    expect(refusalOf(() => requireRight(me, 'create', STRANGERS))?.kind).toBe('forbidden');
  });

  it('lets pass what is allowed', () => {
    expect(refusalOf(() => requireRight(me, 'edit', MINE))).toBeUndefined();
  });

  it('holds for what concerns no record', () => {
    expect(refusalOf(() => requireProductRight(me, 'audit'))?.kind).toBe('forbidden');
    expect(refusalOf(() => requireProductRight(principal('analyst'), 'audit'))).toBeUndefined();
  });
});

describe('mayAtAll', () => {
  it('asks for any scope, or for the product right', () => {
    expect(mayAtAll(principal('salesperson'), 'edit')).toBe(true);
    expect(mayAtAll(principal('support'), 'edit')).toBe(false);
    expect(mayAtAll(principal('manager'), 'convert', 'lead')).toBe(true);
    expect(mayAtAll(principal('manager'), 'convert', 'contact')).toBe(false);
    expect(mayAtAll(principal('manager'), 'configure')).toBe(false);
    expect(mayAtAll(principal('admin'), 'configure')).toBe(true);
  });
});
