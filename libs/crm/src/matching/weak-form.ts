import { weakFormOfEmail } from './email-key.js';
import type { MatchKind } from './match-key.js';
import { weakFormOfName } from './name-key.js';
import { weakFormOfTaxCode } from './tax-code-key.js';
import { weakFormOfOrganisation } from './weak-organisation-key.js';

const WEAK_FORMS: Readonly<Partial<Record<MatchKind, (value: string) => string | undefined>>> = {
  email: weakFormOfEmail,
  name: weakFormOfName,
  organisation: weakFormOfOrganisation,
  'tax-code': weakFormOfTaxCode,
};

/** The weak key's value that comes with a strong one of its kind; undefined where there is none. */
export function weakFormOf(kind: string, strong: string): string | undefined {
  return WEAK_FORMS[kind as MatchKind]?.(strong);
}
