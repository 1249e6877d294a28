import type { IncomingHttpHeaders } from 'node:http';
import { type FieldError, refuseInvalid } from '#crm';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;
const IF_MATCH = /^(?:\*|"(0|[1-9]\d{0,14})(?:\.[0-9a-f]{16})?")$/;
const LANGUAGE = String.raw`(?:\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,7})(?:\s*;\s*q=[01](?:\.\d{0,3})?)?`;
const LANGUAGES = new RegExp(String.raw`^\s*${LANGUAGE}(?:\s*,\s*${LANGUAGE}){0,30}\s*$`);

/** Refuses headers that the API gives a meaning to and that do not have their form. */
export function checkHeaders(headers: IncomingHttpHeaders): void {
  const key = headers['idempotency-key'];
  const ifMatch = headers['if-match'];
  const languages = headers['accept-language'];
  if (key === undefined && ifMatch === undefined && languages === undefined) return;
  const errors: FieldError[] = [];
  const refuseUnless = (fine: boolean, path: string, message: string) => {
    if (!fine) errors.push({ path, code: 'invalid_header', message });
  };
  if (key !== undefined) {
    const fine = typeof key === 'string' && IDEMPOTENCY_KEY.test(key);
    refuseUnless(fine, 'Idempotency-Key', 'This must be 1 to 255 visible ASCII characters.');
  }
  if (ifMatch !== undefined) {
    refuseUnless(IF_MATCH.test(ifMatch), 'If-Match', 'This must be an ETag such as "3", or *.');
  }
  if (languages !== undefined) {
    refuseUnless(
      languages.length <= 1_000 && LANGUAGES.test(languages),
      'Accept-Language',
      'This must be languages such as vi, en;q=0.8.',
    );
  }
  refuseInvalid(errors);
}

/** The caller's name for the command. */
export function idempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['idempotency-key'];
  return typeof key === 'string' ? key : undefined;
}

/** The revision that the caller has seen; none for `*`. */
export function ifRevision(headers: IncomingHttpHeaders): number | undefined {
  const revision = IF_MATCH.exec(headers['if-match'] ?? '')?.[1];
  return revision === undefined ? undefined : Number(revision);
}

/** Whether the caller has this version already (RFC 9110, 13.1.2: weak comparison). */
export function isKnown(headers: IncomingHttpHeaders, etag: string): boolean {
  const known = headers['if-none-match'];
  if (known === undefined) return false;
  return known.split(',').some((one) => {
    const tag = one.trim();
    return tag === '*' || tag === etag || tag === `W/${etag}`;
  });
}
