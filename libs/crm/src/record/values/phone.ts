import { VALUE_LIMITS } from './limits.js';
import { accepted, type Reader, rejected } from './reading.js';
import { textReader } from './text.js';

const readLine = textReader({ max: VALUE_LIMITS.phone });

/** `+84 (28) 3822-1234`, perhaps with an extension: `ext. 12`, `x12`, `#12`, `máy lẻ 12`. */
const PLAUSIBLE =
  /^(\(?\+?[\d\s().\-/\u2010-\u2015\u2212]+)(?:[\s,;]*(?:ext(?:ension|n)?[.=:]?|x\.?|#|máy lẻ|số nội bộ|nội bộ)\s*\d{1,8})?$/iu;

/** A phone number as people write it. It is kept as typed; matching reads it against the number plan. */
export const readPhone: Reader<string> = (raw, path) => {
  const line = readLine(raw, path);
  if (line.errors || line.value === null) return line;
  const digits = PLAUSIBLE.exec(line.value)?.[1]?.replace(/\D/g, '').length ?? 0;
  const { min, max } = VALUE_LIMITS.phoneDigits;
  if (digits >= min && digits <= max) return accepted(line.value);
  return rejected(path, 'invalid_phone', `This is not a phone number of ${min} to ${max} digits.`);
};
