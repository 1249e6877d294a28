import { type Instant, parseInstant } from '#crm';

/** A moment of a query as documents keep it, in UTC: there moments compare as texts. */
export function utc(moment: string | undefined): Instant | undefined {
  return moment === undefined ? undefined : parseInstant(moment);
}
