import { brokenRule } from '../../record/values/input-reading.js';
import type { Calendar } from '../calendars/calendar.js';
import type { Settings } from '../settings.js';
import type { OverdueEntry } from './overdue-policy.js';

/** A calendar gives the time that is allowed within ten years, holidays aside: so every deadline has its moment. */
const MOST_WEEKS = 520;

/**
 * Refuses a change of settings after which a calendar gives too little working time for what the policy allows by it.
 * @throws Refusal `too_little_working_time` (rule): at the entry of a policy that is set, else at the hours of the calendar
 */
export function checkWorkingTime(before: Settings, after: Settings, isPolicySet: boolean): void {
  const { entries } = after.overduePolicy;
  for (const [index, entry] of entries.entries()) {
    if (suffices(entry, after) || isKnown(entry, before)) continue;
    const path = isPolicySet ? `policy.entries.${index}.allowedMinutes` : 'hours';
    const message = `The calendar “${entry.calendarId}” does not give the time that the entry “${entry.id}” allows within ten years.`;
    throw brokenRule('too_little_working_time', path, message);
  }
}

function suffices({ calendarId, allowedMinutes }: OverdueEntry, { calendars }: Settings): boolean {
  const calendar = calendars.find(({ id }) => id === calendarId);
  return !calendar || allowedMinutes <= weeklyMinutes(calendar) * MOST_WEEKS;
}

/** It did not suffice before either, as in settings that are older than this rule: other changes go on. */
function isKnown({ id, calendarId, allowedMinutes }: OverdueEntry, before: Settings): boolean {
  const same = before.overduePolicy.entries.find((entry) => entry.id === id);
  return (
    same?.calendarId === calendarId &&
    same?.allowedMinutes === allowedMinutes &&
    !suffices(same, before)
  );
}

function weeklyMinutes({ hours }: Calendar): number {
  const spans = Object.values(hours).flat();
  return spans.reduce((sum, { from, to }) => sum + minuteOf(to) - minuteOf(from), 0);
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
