import { accepted, type Reader, rejected } from '../record/values/reading.js';

const MOST = 2_048;

/**
 * The address of a webhook: an http(s) URL as it is written, without user name and password, which would be sent in clear, and without a
 * fragment, which is never sent.
 */
export const readWebhookUrl: Reader<string> = (raw, path) => {
  const text = typeof raw === 'string' && raw.length <= MOST && !/\s/.test(raw) ? raw : '';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const fits =
    url !== undefined &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    url.hash === '';
  if (fits) return accepted(url.href);
  const message = `This must be an address such as https://example.com/hook, without user and fragment, at most ${MOST} characters.`;
  return rejected(path, 'invalid_url', message);
};
