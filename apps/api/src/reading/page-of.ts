/** A page as lists answer it. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  /** Set when there may be more: the `cursor` of the next page. */
  readonly next?: string;
  /** Of what is around a record: set when more records are behind it than are looked into. Read those that it names in `absorbed`. */
  readonly incomplete?: boolean;
}

interface Found<Document> {
  readonly documents: readonly Document[];
  readonly next?: string;
  readonly incomplete?: boolean;
}

/** A page of documents as it is shown. */
export function pageOf<Document extends { readonly id: string }, Item>(
  { documents, next, incomplete }: Found<Document>,
  show: (document: Document) => Item,
): Listed<Item> {
  return {
    items: documents.map(show),
    ...(next !== undefined && { next }),
    ...(incomplete && { incomplete }),
  };
}
