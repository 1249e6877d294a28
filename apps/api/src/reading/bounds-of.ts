import { type Instant, parseInstant } from '#crm';

interface Bounds {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** The bounds of a query as documents keep moments, in UTC: there they compare as texts. */
export function boundsOf(asked: Bounds): { readonly from?: Instant; readonly until?: Instant } {
  const [from, until] = [utc(asked.from), utc(asked.until)];
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

function utc(moment: string | undefined): Instant | undefined {
  return moment === undefined ? undefined : parseInstant(moment);
}
