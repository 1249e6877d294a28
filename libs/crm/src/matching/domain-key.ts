import { foldCase, foldSpacing } from './fold-case.js';
import { FREE_MAIL, SHARED_SITES } from './mail-providers.js';

/**
 * The domain that an organisation's website or e-mail is at: `minhphat.vn` of `https://www.minhphat.vn/lien-he` and of
 * `info@minhphat.vn`. `undefined` where anybody can be: at providers of free mail and sites of many.
 */
export function domainKey(raw: string): string | undefined {
  const text = foldCase(foldSpacing(raw)).replace(/^[a-z]+:\/\//, '');
  const [authority = ''] = text.split(/[/?#]/, 1);
  const domain = authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/[:>\s].*$/, '')
    .replace(/^(?:www\.)+/, '')
    .replace(/\.+$/, '');
  if (!domain.includes('.') || FREE_MAIL.has(domain) || SHARED_SITES.has(domain)) return undefined;
  return domain;
}
