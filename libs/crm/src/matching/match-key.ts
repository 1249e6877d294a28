/** By what two records may be the same. */
export type MatchKind =
  | 'email'
  | 'phone'
  | 'organisation'
  | 'name'
  | 'tax-code'
  | 'domain'
  | `custom.${string}`;

/** A value that records of the same person or organisation share (PRODUCT.md P4). */
export interface MatchKey {
  readonly kind: MatchKind;
  /** Normalised; personal. */
  readonly value: string;
  /** `weak` is worth a look, no more. */
  readonly strength: 'strong' | 'weak';
}

/**
 * The key as one text for indexes: `kind:value`. A weak one is `~kind:value`: a name typed without diacritics is a strong
 * key that equals the weak key of another name, and the two must not be taken for each other.
 */
export function keyText({ kind, value, strength }: MatchKey): string {
  return `${strength === 'weak' ? '~' : ''}${kind}:${value}`;
}
