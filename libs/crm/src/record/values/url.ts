import { VALUE_LIMITS } from './limits.js';
import { accepted, type Reader, rejected } from './reading.js';
import { textReader, tooLong } from './text.js';

const readLine = textReader({ max: VALUE_LIMITS.url });

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
const HOST_WITH_DOT = /^[^/?#]*[^/?#.]\.[^/?#.]/;
const NEVER_IN_URL = /[\s<>"\\]/;

/** A web address. `https://` is added when the scheme is missing; any other scheme than http and https is refused. */
export const readUrl: Reader<string> = (raw, path) => {
  const line = readLine(raw, path);
  if (line.errors || line.value === null) return line;
  const url = withScheme(line.value);
  if (url === undefined || !isWebAddress(url)) {
    return rejected(
      path,
      'invalid_url',
      'This is not a web address such as https://example.com, by http or https.',
    );
  }
  return [...url].length > VALUE_LIMITS.url ? tooLong(path, VALUE_LIMITS.url) : accepted(url);
};

function withScheme(text: string): string | undefined {
  const scheme = SCHEME.exec(text)?.[1];
  if (scheme === undefined) return `https://${text.replace(/^\/\//, '')}`;
  const normal = scheme.toLowerCase();
  return normal === 'http' || normal === 'https' ? normal + text.slice(scheme.length) : undefined;
}

/** `javascript:x` and `mailto:a@b.vn` come here with `https://` in front, and fall for their port or user part. */
function isWebAddress(url: string): boolean {
  if (NEVER_IN_URL.test(url) || !HOST_WITH_DOT.test(url.replace(SCHEME, ''))) return false;
  try {
    const { username, password } = new URL(url);
    return username === '' && password === '';
  } catch {
    return false;
  }
}
