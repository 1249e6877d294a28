package de.bwaldvogel.mongo.backend;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;

/**
 * A collection in memory whose answers are copies: the library gives out the very documents that it changes in place, and a reader may
 * then see one of which a part is new and a part is old.
 */
public final class WholeReadsCollection extends MemoryCollection {
  public WholeReadsCollection(
      MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
    super(database, name, options, cursors);
  }

  /** What is to be changed in place is looked up by a query too. */
  private boolean changing;

  @Override
  public synchronized QueryResult handleQuery(QueryParameters query) {
    QueryResult found = super.handleQuery(query);
    if (changing) return found;
    var copies = found.collectDocuments().stream().map(Document::cloneDeeply).toList();
    return new QueryResult(copies, found.getCursorId());
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    changing = true;
    try {
      return super.findAndModify(query).cloneDeeply();
    } finally {
      changing = false;
    }
  }
}
