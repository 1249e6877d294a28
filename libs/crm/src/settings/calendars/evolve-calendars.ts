import { withChanges } from '../parts/changes.js';
import { replaced } from '../parts/retirable.js';
import type { Settings } from '../settings.js';
import type { CalendarEvent } from './calendar-events.js';

/** What an event of calendars changes of the settings. */
export function evolveCalendars({ calendars }: Settings, event: CalendarEvent): Partial<Settings> {
  switch (event.type) {
    case 'CalendarAdded': {
      const { calendar } = event.data;
      return { calendars: [...calendars.filter(({ id }) => id !== calendar.id), calendar] };
    }
    case 'CalendarEdited': {
      const { calendarId, changes } = event.data;
      return { calendars: replaced(calendars, calendarId, (one) => withChanges(one, changes)) };
    }
    case 'CalendarRetired':
    case 'CalendarRestored': {
      const retired = event.type === 'CalendarRetired';
      const { calendarId } = event.data;
      return { calendars: replaced(calendars, calendarId, (one) => ({ ...one, retired })) };
    }
  }
}
