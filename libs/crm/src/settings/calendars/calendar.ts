/** Working hours of one day: local times `HH:MM`, `from` before `to`; `24:00` is the end of the day. */
export type WorkingSpan = { readonly from: string; readonly to: string };

/** ISO 8601 weekdays: 1 is Monday, 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type Holiday = {
  /** `YYYY-MM-DD` in the calendar's time zone. */
  readonly date: string;
  readonly name: string;
};

/** When work goes on. */
export type Calendar = {
  /** Unique: lower-case letters, digits and hyphens, at most 64. */
  readonly id: string;
  readonly name: string;
  /** IANA, e.g. `Asia/Ho_Chi_Minh`. */
  readonly timeZone: string;
  /** Spans of a day in order, without overlap; a weekday left out is free. */
  readonly hours: Readonly<Partial<Record<Weekday, readonly WorkingSpan[]>>>;
  /** By date. */
  readonly holidays: readonly Holiday[];
  readonly retired: boolean;
};
