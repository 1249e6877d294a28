/** How long an opportunity may take. Of the parts that it names, all have to be the opportunity's. */
export type OverdueEntry = {
  /** Unique in the policy: lower-case letters, digits and hyphens, at most 64. */
  readonly id: string;
  readonly pipelineId?: string;
  /** Values of the catalogues. */
  readonly processingStep?: string;
  readonly priority?: string;
  /** From 1 to 525,600 (a year); working time where there is a calendar, at most what it has in ten years. */
  readonly allowedMinutes: number;
  readonly calendarId?: string;
  /** Reminds again every so many hours, 1 to 720, by the clock on the wall; left out: once. */
  readonly repeatHours?: number;
};

/** When what is left undone becomes overdue (PRODUCT.md P6). */
export type OverduePolicy = {
  /** The first that applies counts. */
  readonly entries: readonly OverdueEntry[];
  /** Activities past their due time. */
  readonly activities: {
    readonly remind: boolean;
    /** Minutes after the due time, 0 to 10,080. */
    readonly graceMinutes: number;
    readonly repeatHours?: number;
  };
};

/** Before any policy: nothing of an opportunity is overdue, and activities at their due time, without a reminder. */
export const NO_OVERDUE_POLICY: OverduePolicy = {
  entries: [],
  activities: { remind: false, graceMinutes: 0 },
};
