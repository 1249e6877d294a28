import type { Calendar, Holiday } from './calendar.js';

export type AddCalendar = {
  readonly kind: 'add-calendar';
  readonly calendarId: string;
  readonly name: string;
  readonly timeZone: string;
  /** Weekdays without spans are free. */
  readonly hours: Calendar['hours'];
  readonly holidays?: readonly Holiday[];
};
/** What is left out stays as it is; hours and holidays are replaced as a whole. */
export type EditCalendar = {
  readonly kind: 'edit-calendar';
  readonly calendarId: string;
} & Partial<Pick<Calendar, 'name' | 'timeZone' | 'hours' | 'holidays'>>;
export type RetireCalendar = { readonly kind: 'retire-calendar'; readonly calendarId: string };
export type RestoreCalendar = { readonly kind: 'restore-calendar'; readonly calendarId: string };

export type CalendarCommand = AddCalendar | EditCalendar | RetireCalendar | RestoreCalendar;
