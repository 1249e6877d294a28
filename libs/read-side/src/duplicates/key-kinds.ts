import type { MatchKind } from '#crm';

type BuiltInKind = Exclude<MatchKind, `custom.${string}`>;

/** A kind that is missing here is an error of the compiler. */
const BUILT_IN: Readonly<Record<BuiltInKind, true>> = {
  email: true,
  phone: true,
  organisation: true,
  name: true,
  'tax-code': true,
  domain: true,
};

/** Kinds of match keys that every installation has; `custom.<key>` come from its settings. */
export const KEY_KINDS: readonly MatchKind[] = Object.keys(BUILT_IN) as BuiltInKind[];
