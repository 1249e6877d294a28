import { given, minutes } from '../../test/given.js';
import { type InviteUser, userDecider } from './user.js';
import type { UserEvent } from './user-events.js';
import { isAbsent } from './user-state.js';

const INVITE: InviteUser = {
  kind: 'invite',
  name: 'Trần Thị Mai',
  email: 'Mai <mai@example.vn>',
  roles: ['salesperson', 'manager', 'salesperson'],
};
const INVITED: UserEvent = {
  type: 'UserInvited',
  data: {
    name: 'Trần Thị Mai',
    email: 'mai@example.vn',
    locale: 'vi',
    roles: ['manager', 'salesperson'],
  },
};
const DEACTIVATED: UserEvent = { type: 'UserDeactivated', data: {} };
const mai = given(userDecider, [INVITED]);

describe('a user', () => {
  it('is invited with the roles in their order, each once', () => {
    given(userDecider).when(INVITE).decides(INVITED);
    expect(mai.state).toMatchObject({ exists: true, active: true, locale: 'vi' });
  });

  it('is invited once', () => {
    mai.when(INVITE).refused('user_exists');
  });

  it('is refused with every value that cannot be read', () => {
    given(userDecider)
      .when({
        kind: 'invite',
        name: ' ',
        email: 'mai',
        locale: 'fr' as 'vi',
        roles: ['admin', 'boss' as 'admin'],
      })
      .refused('invalid_fields', 'name', 'email', 'locale', 'roles.1');
  });

  it('is edited field by field', () => {
    mai.when({ kind: 'edit', name: 'Trần Mai', locale: 'en' }).decides({
      type: 'UserEdited',
      data: {
        changes: [
          { field: 'name', from: 'Trần Thị Mai', to: 'Trần Mai' },
          { field: 'locale', from: 'vi', to: 'en' },
        ],
      },
    });
    mai.when({ kind: 'edit', email: 'mai@example.vn' }).decides();
  });

  it('gets other roles', () => {
    mai.when({ kind: 'change-roles', roles: ['admin'] }).decides({
      type: 'UserRolesChanged',
      data: { from: ['manager', 'salesperson'], to: ['admin'] },
    });
    mai.when({ kind: 'change-roles', roles: ['salesperson', 'manager'] }).decides();
    mai
      .when({ kind: 'change-roles', roles: ['root' as 'admin'] })
      .refused('invalid_fields', 'roles.0');
  });

  it('is deactivated and reactivated, each once', () => {
    mai.when({ kind: 'deactivate' }).decides(DEACTIVATED);
    mai.when({ kind: 'reactivate' }).decides();
    const gone = given(userDecider, [INVITED, DEACTIVATED]);
    gone.when({ kind: 'deactivate' }).decides();
    gone.when({ kind: 'reactivate' }).decides({ type: 'UserReactivated', data: {} });
  });

  it('is away for a time, told anew whenever it changes', () => {
    const until = minutes(2_000);
    const away: UserEvent = { type: 'UserAbsenceSet', data: { from: minutes(1_000), until } };
    // Decisions are taken at minute 1,000.
    mai.when({ kind: 'set-absence', until: '2026-03-03T01:20:00+07:00' }).decides(away);
    mai.when({ kind: 'clear-absence' }).decides();
    const gone = given(userDecider, [INVITED, away]);
    gone.when({ kind: 'set-absence', from: minutes(1_000), until }).decides();
    gone.when({ kind: 'set-absence', until: minutes(1_001) }).decides({
      type: 'UserAbsenceSet',
      data: { from: minutes(1_000), until: minutes(1_001) },
    });
    gone.when({ kind: 'clear-absence' }).decides({ type: 'UserAbsenceCleared', data: {} });
    const at = (count: number) => isAbsent(gone.state, minutes(count));
    expect([999, 1_000, 1_999, 2_000].map(at)).toEqual([false, true, true, false]);
  });

  it.each([
    ['of no end', { until: 'soon' }, 'until'],
    ['that ends before it begins', { from: minutes(2_000), until: minutes(1_500) }, 'until'],
    ['that is over already', { from: minutes(1), until: minutes(999) }, 'until'],
    ['from no moment', { from: '2026-13-01', until: minutes(2_000) }, 'from'],
  ])('is not away for a time %s', (_what, time, path) => {
    mai.when({ kind: 'set-absence', ...time }).refused('invalid_fields', path);
  });

  it('who was never invited cannot be changed', () => {
    given(userDecider).when({ kind: 'deactivate' }).refused('user_not_found');
  });

  it('whose personal data was erased keeps the roles', () => {
    const erased = {
      type: 'UserInvited',
      data: { locale: 'vi', roles: ['admin'] },
    } as unknown as UserEvent;
    const edited: UserEvent = { type: 'UserEdited', data: { changes: [{ field: 'name' }] } };
    const { state } = given(userDecider, [erased, edited]);
    expect(state).toMatchObject({ name: '', email: '', roles: ['admin'], active: true });
  });
});
