package de.bwaldvogel.mongo.backend;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;

/** A collection in memory that shows no reader a document half changed. */
public final class WholeReadsCollection extends MemoryCollection {
  private final WholeReads whole = new WholeReads();

  public WholeReadsCollection(
      MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
    super(database, name, options, cursors);
  }

  @Override
  public synchronized QueryResult handleQuery(QueryParameters query) {
    return whole.ofQuery(() -> super.handleQuery(query));
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    return whole.ofChange(() -> super.findAndModify(query));
  }
}
