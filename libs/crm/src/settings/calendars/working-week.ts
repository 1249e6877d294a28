import type { Calendar } from './calendar.js';

/** Weeks within which all allowed time has to go by, holidays aside: ten years. What takes longer is a slip of the pen. */
const MOST_WEEKS = 520;

/** The most working minutes that a calendar can be asked for. */
export function mostWorkingMinutes({ hours }: Pick<Calendar, 'hours'>): number {
  const spans = Object.values(hours).flat();
  const weekly = spans.reduce((sum, { from, to }) => sum + minutesOf(to) - minutesOf(from), 0);
  return weekly * MOST_WEEKS;
}

/** Of `HH:MM`, since midnight: 1,440 for `24:00`. */
export function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
