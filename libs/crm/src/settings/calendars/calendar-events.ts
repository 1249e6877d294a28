import type { DomainEvent } from '../../kernel/event.js';
import { defineEvent } from '../../kernel/event-definition.js';
import type { SettingChange } from '../parts/changes.js';
import type { Calendar } from './calendar.js';

export type CalendarAdded = DomainEvent<'CalendarAdded', { readonly calendar: Calendar }>;
export type CalendarEdited = DomainEvent<
  'CalendarEdited',
  { readonly calendarId: string; readonly changes: readonly SettingChange[] }
>;
export type CalendarRetired = DomainEvent<'CalendarRetired', { readonly calendarId: string }>;
export type CalendarRestored = DomainEvent<'CalendarRestored', { readonly calendarId: string }>;

export type CalendarEvent = CalendarAdded | CalendarEdited | CalendarRetired | CalendarRestored;

export const CALENDAR_EVENTS = [
  defineEvent('CalendarAdded', 'A calendar of working hours and holidays was set up.'),
  defineEvent('CalendarEdited', 'A calendar got another name, time zone, hours or holidays.'),
  defineEvent('CalendarRetired', 'No policy takes this calendar any more.'),
  defineEvent('CalendarRestored', 'Policies may take a retired calendar again.'),
] as const;
