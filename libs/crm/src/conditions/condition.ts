/** A value that conditions compare: everything in JSON but objects and lists. */
export type Scalar = string | number | boolean | null;

/** What a single value is asked. Every operator of the language is one of these, or a logical combination of them. */
export type ValueTest =
  | { readonly kind: 'equals'; readonly value: Scalar | readonly Scalar[] }
  | { readonly kind: 'in'; readonly values: readonly Scalar[] }
  | {
      readonly kind: 'range';
      readonly operator: '$gt' | '$gte' | '$lt' | '$lte';
      readonly value: string | number;
    }
  | { readonly kind: 'exists' }
  | ({ readonly kind: 'text' } & TextTest);

/** That a text is in the value, as it is written. */
export interface TextTest {
  readonly text: string;
  /** The value starts with the text, rather than contains it. */
  readonly anchored: boolean;
  /** In whatever case (`case-variants.ts`). */
  readonly caseless: boolean;
}

/** A test of one field. It holds when one of the field's candidate values (`candidates.ts`) passes. */
export interface Condition {
  readonly kind: 'condition';
  readonly field: string;
  readonly test: ValueTest;
}

/** A filter reduced to its logic. An `and` of nothing is true, an `or` of nothing false. */
export type FilterNode =
  | Condition
  | { readonly kind: 'and'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: 'or'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly node: FilterNode };

/** A filter that is in the language. Only `checkFilter` makes one. */
export interface CheckedFilter {
  readonly root: FilterNode;
  /** The dotted paths that it looks at. */
  readonly fields: ReadonlySet<string>;
  /** An operand was relative to now: what the filter finds changes though no document does. */
  readonly relative: boolean;
}
