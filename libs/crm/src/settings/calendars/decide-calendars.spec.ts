import { CALENDAR, configured, eventsOf } from '../../../test/settings.js';
import type { SettingsCommand } from '../settings-commands.js';

const { kind: _kind, calendarId: _id, ...PARTS } = CALENDAR;
const CALENDAR_OFFICE = { id: 'office', ...PARTS, retired: false };
const retire = { kind: 'retire-calendar', calendarId: 'office' } as const;
const edit = { kind: 'edit-calendar', calendarId: 'office' } as const;
const span = (from: string, to: string) => ({ from, to });

function hours(...spans: readonly object[]): SettingsCommand {
  return { ...CALENDAR, hours: { 1: spans } } as SettingsCommand;
}

describe('a calendar', () => {
  it('is set up, and the same again decides nothing', () => {
    configured()
      .when(CALENDAR)
      .decides({ type: 'CalendarAdded', data: { calendar: CALENDAR_OFFICE } });
    configured(CALENDAR).when(CALENDAR).decides();
  });

  it('keeps spans and holidays in order, and leaves free days out', () => {
    const [added] = eventsOf({
      ...CALENDAR,
      hours: { 7: [], 2: [span('13:00', '24:00'), span('00:00', '13:00')] },
      holidays: [
        { date: '2026-09-02', name: 'Quốc khánh' },
        { date: '2026-01-01', name: 'Tết dương lịch' },
      ],
    });
    expect(added?.data).toMatchObject({
      calendar: {
        hours: { 2: [span('00:00', '13:00'), span('13:00', '24:00')] },
        holidays: [{ date: '2026-01-01' }, { date: '2026-09-02' }],
      },
    });
    expect(JSON.stringify(added)).not.toContain('"7"');
  });

  it('is edited part by part', () => {
    configured(CALENDAR)
      .when({ ...edit, timeZone: 'Europe/Berlin', name: CALENDAR.name })
      .decides({
        type: 'CalendarEdited',
        data: {
          calendarId: 'office',
          changes: [{ field: 'timeZone', from: 'Asia/Ho_Chi_Minh', to: 'Europe/Berlin' }],
        },
      });
    configured(CALENDAR)
      .when({ ...edit, hours: CALENDAR.hours })
      .decides();
  });

  it('retires once, and is not edited after that', () => {
    const retired = configured(CALENDAR, retire);
    expect(retired.state.calendars).toMatchObject([{ id: 'office', retired: true }]);
    retired.when(retire).decides();
    retired.when({ ...edit, name: 'x' }).refused('calendar_retired');
    retired.when(CALENDAR).refused('calendar_exists', 'calendarId');
  });

  it('keeps the time that the policy allows within reach', () => {
    const entry = { id: 'all', allowedMinutes: 600, calendarId: 'office' };
    const policy = { kind: 'set-overdue-policy', policy: { entries: [entry] } } as const;
    const minute = { ...edit, hours: { 1: [span('08:00', '08:01')] } };
    configured(CALENDAR, policy).when(minute).refused('too_little_working_time', 'hours');
    configured(CALENDAR, policy)
      .when({ ...edit, hours: { 1: [span('08:00', '08:02')] } })
      .after();
    configured(CALENDAR).when(minute).after();
    configured(CALENDAR, minute)
      .when(policy)
      .refused('invalid_fields', 'policy.entries.0.allowedMinutes');
    configured({ ...CALENDAR, ...minute, kind: 'add-calendar', hours: minute.hours })
      .when({ ...policy, policy: { entries: [{ ...entry, allowedMinutes: 520 }] } })
      .after();
  });

  it('that is not there is refused', () => {
    configured()
      .when({ ...edit, name: 'x' })
      .refused('calendar_not_found');
    configured().when(retire).refused('calendar_not_found');
  });

  it.each<[string, SettingsCommand, readonly string[]]>([
    ['a bad id', { ...CALENDAR, calendarId: 'Giờ' }, ['calendarId']],
    ['no name', { ...CALENDAR, name: '' }, ['name']],
    ['an unknown time zone', { ...CALENDAR, timeZone: 'Asia/Hanoi' }, ['timeZone']],
    ['a bare offset', { ...CALENDAR, timeZone: '+07:00' }, ['timeZone']],
    ['no working time', { ...CALENDAR, hours: { 1: [] } }, ['hours']],
    [
      'an eighth weekday',
      { ...CALENDAR, hours: { ...CALENDAR.hours, 8: [] } as never },
      ['hours.8'],
    ],
    ['hours that are no object', { ...CALENDAR, hours: [] as never }, ['hours']],
    ['a time that is none', hours(span('8:00', '25:00')), ['hours.1.0.from', 'hours.1.0.to']],
    ['a minute that is none', hours(span('08:60', '09:00')), ['hours.1.0.from']],
    ['a span that is none', hours({}), ['hours.1.0.from', 'hours.1.0.to']],
    ['a span that ends before it begins', hours(span('12:00', '08:00')), ['hours.1.0.to']],
    ['a span of no length', hours(span('12:00', '12:00')), ['hours.1.0.to']],
    [
      'overlapping hours',
      hours(span('10:00', '14:00'), span('08:00', '10:30')),
      ['hours.1.0.from'],
    ],
    [
      'too many spans',
      hours(...Array.from({ length: 11 }, () => span('08:00', '09:00'))),
      ['hours.1'],
    ],
    [
      'a day that is none',
      { ...CALENDAR, holidays: [{ date: '2026-02-29', name: 'x' }] },
      ['holidays.0.date'],
    ],
    [
      'a day twice',
      {
        ...CALENDAR,
        holidays: [...CALENDAR.holidays, { date: '2026-09-02', name: 'x' }],
      },
      ['holidays.1.date'],
    ],
    [
      'a holiday without a name',
      { ...CALENDAR, holidays: [{ date: '2026-09-02', name: ' ' }] },
      ['holidays.0.name'],
    ],
    ['holidays that are no list', { ...CALENDAR, holidays: 'Tết' as never }, ['holidays']],
  ])('is refused with %s', (_what, command, paths) => {
    configured()
      .when(command)
      .refused('invalid_fields', ...paths);
  });
});
