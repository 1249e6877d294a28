/** A page as lists answer it. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  /** Set when there may be more: the `cursor` of the next page. */
  readonly next?: string;
}

/** A page of documents as it is shown. */
export function pageOf<Document extends { readonly id: string }, Item>(
  { documents, next }: { readonly documents: readonly Document[]; readonly next?: string },
  show: (document: Document) => Item,
): Listed<Item> {
  return { items: documents.map(show), ...(next !== undefined && { next }) };
}
