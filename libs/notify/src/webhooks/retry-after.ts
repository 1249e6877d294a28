/**
 * How long a receiver asks to be left alone, in ms: `Retry-After` as seconds or as a date (RFC 9110, 10.2.3); undefined when it says nothing that
 * can be read.
 * @param now in ms since 1970
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // A date of HTTP, which begins with a day's name: nothing else that JavaScript takes for one.
  const at = /^[A-Z][a-z]{2,8}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
