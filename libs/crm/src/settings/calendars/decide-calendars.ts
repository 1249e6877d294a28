import { brokenRule, InputReading } from '../../record/values/input-reading.js';
import type { OverduePolicy } from '../overdue/overdue-policy.js';
import { changesBetween } from '../parts/changes.js';
import { refuseTakenName } from '../parts/names.js';
import { readSlug } from '../parts/read-parts.js';
import { readTimeZone } from '../parts/read-time-zone.js';
import { isNew, refuseTooMany, requireInUse, requireSetting } from '../parts/retirable.js';
import type { Settings } from '../settings.js';
import type { Calendar } from './calendar.js';
import type { AddCalendar, CalendarCommand, EditCalendar } from './calendar-commands.js';
import type { CalendarEvent } from './calendar-events.js';
import { readHolidays, readHours } from './read-calendar.js';
import { mostWorkingMinutes } from './working-week.js';

/** Most calendars, retired ones too. */
const MAX_CALENDARS = 100;

const CALENDAR = { code: 'calendar', noun: 'calendar' } as const;

/** Decides the commands on calendars (PRODUCT.md P6: working hours with a calendar and time zone). */
export function decideCalendars(
  settings: Settings,
  command: CalendarCommand,
): readonly CalendarEvent[] {
  const { calendars } = settings;
  const { calendarId } = command;
  switch (command.kind) {
    case 'add-calendar':
      return add(calendars, command);
    case 'edit-calendar':
      return edit(settings, requireInUse(calendars, calendarId, CALENDAR), command);
    case 'retire-calendar':
      return requireSetting(calendars, calendarId, CALENDAR).retired
        ? []
        : [{ type: 'CalendarRetired', data: { calendarId } }];
    case 'restore-calendar': {
      const calendar = requireSetting(calendars, calendarId, CALENDAR);
      if (!calendar.retired) return [];
      refuseTakenName(calendars, calendar, CALENDAR.noun);
      return [{ type: 'CalendarRestored', data: { calendarId } }];
    }
  }
}

function add(calendars: readonly Calendar[], command: AddCalendar): readonly CalendarEvent[] {
  const calendar = readCalendar({ ...command, holidays: command.holidays ?? [] });
  if (!isNew(calendars, calendar, CALENDAR, 'calendarId')) return [];
  refuseTakenName(calendars, calendar, CALENDAR.noun);
  refuseTooMany(calendars, MAX_CALENDARS, CALENDAR, {
    code: 'too_many_calendars',
    path: 'calendarId',
  });
  return [{ type: 'CalendarAdded', data: { calendar } }];
}

function edit(
  { calendars, overduePolicy }: Settings,
  calendar: Calendar,
  command: EditCalendar,
): readonly CalendarEvent[] {
  const { name, timeZone, hours, holidays } = command;
  const edited = readCalendar({
    calendarId: calendar.id,
    name: name ?? calendar.name,
    timeZone: timeZone ?? calendar.timeZone,
    hours: hours ?? calendar.hours,
    holidays: holidays ?? calendar.holidays,
  });
  if (edited.name !== calendar.name) refuseTakenName(calendars, edited, CALENDAR.noun);
  if (hours) refuseTooLittle(edited, overduePolicy);
  const changes = changesBetween(calendar, edited);
  const data = { calendarId: calendar.id, changes };
  return changes.length === 0 ? [] : [{ type: 'CalendarEdited', data }];
}

/** Refuses hours in which what the policy allows would take more than ten years. */
function refuseTooLittle(calendar: Calendar, { entries }: OverduePolicy): void {
  const most = mostWorkingMinutes(calendar);
  const starved = entries.find(
    ({ calendarId, allowedMinutes }) => calendarId === calendar.id && allowedMinutes > most,
  );
  if (!starved) return;
  const message = `The entry “${starved.id}” of the overdue policy allows more time than there is in ten years.`;
  throw brokenRule('too_little_working_time', 'hours', message);
}

function readCalendar(input: Required<Omit<AddCalendar, 'kind'>>): Calendar {
  const reading = new InputReading();
  const calendar = {
    id: readSlug(reading, input.calendarId, 'calendarId'),
    name: reading.name(input.name, 'name'),
    timeZone: readTimeZone(reading, input.timeZone, 'timeZone'),
    hours: readHours(reading, input.hours, 'hours'),
    holidays: readHolidays(reading, input.holidays, 'holidays'),
    retired: false,
  };
  reading.finish();
  return calendar;
}
