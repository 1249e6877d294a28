import { VALUE_LIMITS } from './limits.js';
import { accepted, type Reader, rejected } from './reading.js';
import { textReader, tooLong } from './text.js';

const readLine = textReader({ max: 2 * VALUE_LIMITS.email });

const WITH_DISPLAY_NAME = /^[^<>]*<([^<>]*)>$/;
/** RFC 6531 without quoted local parts: `a.b`, letters of any script. */
const LOCAL_PART = /^[^\s@<>()[\],;:\\".]+(?:\.[^\s@<>()[\],;:\\".]+)*$/u;
const DOMAIN_LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/** The address of `Display Name <address>`, or the text itself. */
export function bareAddress(text: string): string {
  return (WITH_DISPLAY_NAME.exec(text.trim())?.[1] ?? text).trim();
}

/** An e-mail address. A display name is dropped, the address keeps its case. */
export const readEmail: Reader<string> = (raw, path) => {
  const line = readLine(raw, path);
  if (line.errors || line.value === null) return line;
  const address = bareAddress(line.value);
  if ([...address].length > VALUE_LIMITS.email) return tooLong(path, VALUE_LIMITS.email);
  if (isAddress(address)) return accepted(address);
  return rejected(path, 'invalid_email', 'This is not an e-mail address such as name@example.com.');
};

function isAddress(address: string): boolean {
  const [local, domain, ...rest] = address.split('@');
  if (!local || !domain || rest.length > 0) return false;
  const labels = domain.split('.');
  return (
    [...local].length <= 64 &&
    LOCAL_PART.test(local) &&
    labels.length >= 2 &&
    labels.every((label) => DOMAIN_LABEL.test(label)) &&
    !/^\p{N}+$/u.test(labels.at(-1) ?? '')
  );
}
