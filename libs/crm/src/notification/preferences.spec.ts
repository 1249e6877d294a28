import { given } from '../../test/given.js';
import { userDecider } from '../user/user.js';
import type { UserEvent } from '../user/user-events.js';
import {
  allPreferences,
  DEFAULT_PREFERENCES,
  type PreferNotifications,
  preferenceFor,
} from './preferences.js';

const INVITED: UserEvent = {
  type: 'UserInvited',
  data: { name: 'Mai', email: 'mai@example.vn', locale: 'vi', roles: ['salesperson'] },
};
const mai = given(userDecider, [INVITED]);
const prefer = (part: object) => ({ kind: 'prefer-notifications', ...part }) as PreferNotifications;

describe('what a user wants to be told where', () => {
  it('is everything, in the inbox and by e-mail, unless chosen otherwise', () => {
    const all = Object.values(allPreferences(mai.state.notifications));
    expect(all.length).toBeGreaterThan(5);
    for (const one of all) expect(one).toEqual({ inbox: true, email: 'at-once' });
  });

  it('is chosen by kind and channel; what is left out stays', () => {
    const command = prefer({ kinds: { overdue: { email: 'digest' } }, digestHour: 17 });
    const to = { kinds: { overdue: { inbox: true, email: 'digest' } }, digestHour: 17 };
    const chosen: UserEvent = {
      type: 'UserNotificationsPreferred',
      data: { from: DEFAULT_PREFERENCES, to } as never,
    };
    mai.when(command).decides(chosen);
    const after = given(userDecider, [INVITED, chosen]);
    after.when(command).decides();
    const more = after.when(prefer({ kinds: { overdue: { inbox: false } } })).after();
    expect(preferenceFor(more.notifications, 'overdue')).toEqual({ inbox: false, email: 'digest' });
    expect(more.notifications.digestHour).toBe(17);
  });

  it.each<[object, readonly string[]]>([
    [{ kinds: { weather: {} } }, ['kinds.weather']],
    [{ kinds: { overdue: { email: 'often' } } }, ['kinds.overdue.email']],
    [{ kinds: { overdue: { inbox: 'yes' } } }, ['kinds.overdue.inbox']],
    [{ kinds: { overdue: null } }, ['kinds.overdue']],
    [{ kinds: [] }, ['kinds']],
    [{ digestHour: 24 }, ['digestHour']],
    [{ digestHour: 7.5 }, ['digestHour']],
  ])('is refused when it says %j', (part, paths) => {
    mai.when(prefer(part)).refused('invalid_fields', ...paths);
  });
});
