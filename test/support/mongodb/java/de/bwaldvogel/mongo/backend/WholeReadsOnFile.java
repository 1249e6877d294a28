package de.bwaldvogel.mongo.backend;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVStore;

/** A collection on a file that shows no reader a document half changed. */
public final class WholeReadsOnFile extends H2Collection {
  private final WholeReads whole = new WholeReads();

  /** The maps are named as the library names them, which drops and renames them itself. */
  public WholeReadsOnFile(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      MVStore store,
      CursorRegistry cursors) {
    super(
        database,
        name,
        options,
        store.openMap("databases." + database.getDatabaseName() + "." + name),
        store.openMap("meta." + database.getDatabaseName() + "." + name),
        cursors);
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
