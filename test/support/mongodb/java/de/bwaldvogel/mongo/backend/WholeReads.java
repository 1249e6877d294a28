package de.bwaldvogel.mongo.backend;

import de.bwaldvogel.mongo.bson.Document;
import java.util.function.Supplier;

/**
 * Makes a collection's answers copies: the library gives out the very documents that it changes in place, and a reader may then see one
 * of which a part is new and a part is old.
 */
final class WholeReads {
  /** What is to be changed in place is looked up by a query too. */
  private boolean changing;

  QueryResult ofQuery(Supplier<QueryResult> query) {
    QueryResult found = query.get();
    if (changing) return found;
    var copies = found.collectDocuments().stream().map(Document::cloneDeeply).toList();
    return new QueryResult(copies, found.getCursorId());
  }

  Document ofChange(Supplier<Document> change) {
    changing = true;
    try {
      return change.get().cloneDeeply();
    } finally {
      changing = false;
    }
  }
}
