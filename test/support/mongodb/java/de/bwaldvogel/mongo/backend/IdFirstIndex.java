package de.bwaldvogel.mongo.backend;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.bson.Document;

/**
 * The index on {@code _id}, used also by queries that ask something besides: the library's own is passed over then, and each such
 * query reads the whole collection.
 */
public final class IdFirstIndex<P> extends Index<P> {
  private static final String ID = "_id";
  private final Index<P> index;

  public IdFirstIndex(Index<P> index) {
    super(index.getName(), index.getKeys(), index.isSparse());
    this.index = index;
  }

  private static Document idOf(Document query) {
    return query.containsKey(ID) ? new Document(ID, query.get(ID)) : query;
  }

  @Override
  public boolean canHandle(Document query) {
    return index.canHandle(idOf(query));
  }

  @Override
  public Iterable<P> getPositions(Document query) {
    return index.getPositions(idOf(query));
  }

  @Override
  public P getPosition(Document document) {
    return index.getPosition(document);
  }

  @Override
  public void checkAdd(Document document, MongoCollection<P> collection) {
    index.checkAdd(document, collection);
  }

  @Override
  public void add(Document document, P position, MongoCollection<P> collection) {
    index.add(document, position, collection);
  }

  @Override
  public P remove(Document document) {
    return index.remove(document);
  }

  @Override
  public void checkUpdate(Document before, Document after, MongoCollection<P> collection) {
    index.checkUpdate(before, after, collection);
  }

  @Override
  public void updateInPlace(
      Document before, Document after, P position, MongoCollection<P> collection) {
    index.updateInPlace(before, after, position, collection);
  }

  @Override
  public long getCount() {
    return index.getCount();
  }

  @Override
  public long getDataSize() {
    return index.getDataSize();
  }

  @Override
  public boolean isUnique() {
    return index.isUnique();
  }

  @Override
  public void drop() {
    index.drop();
  }
}
