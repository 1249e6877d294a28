import type { FastifyRequest } from 'fastify';
import { callerOf } from '#access';
import { LOCALES, type Locale } from '#crm';

/** The language that a caller reads: what the request asks for, else what the user chose, else Vietnamese. */
export function localeOf(request: FastifyRequest): Locale {
  return preferred(request.headers['accept-language']) ?? chosen(callerOf(request).locale) ?? 'vi';
}

/** The first of ours by weight, then by order (RFC 9110, 12.5.4); `*` leaves it to the user. */
function preferred(header: string | undefined): Locale | undefined {
  const ranges = (header ?? '').split(',').map((range) => {
    const [name = '', weight] = range.split(';').map((part) => part.trim());
    const q = weight === undefined ? 1 : Number(weight.replace(/^q\s*=\s*/, ''));
    return { language: name.toLowerCase().split('-')[0], q };
  });
  const wanted = ranges.filter(({ q }) => q > 0).sort((left, right) => right.q - left.q);
  for (const { language } of wanted) {
    if (language === '*') return undefined;
    const ours = chosen(language);
    if (ours) return ours;
  }
  return undefined;
}

function chosen(name: string | undefined): Locale | undefined {
  return LOCALES.find((locale) => locale === name);
}
