package de.bwaldvogel.mongo.backend;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * MongoDB's order of values, in place of the library's class of this name, which orders texts by UTF-16 unit: MongoDB
 * orders them by code point. Stands first on the class path.
 */
public class ValueComparator implements Comparator<Object> {
  private static final ValueComparator ASCENDING = new ValueComparator(true, true);
  private static final ValueComparator DESCENDING = new ValueComparator(false, true);
  private static final ValueComparator WHOLE_LISTS = new ValueComparator(true, false);

  private static final int NULL = 1;
  private static final int NUMBER = 2;
  private static final int TEXT = 3;
  private static final int OBJECT = 4;
  private static final int LIST = 5;
  private static final int BINARY = 6;
  private static final int BOOLEAN = 8;
  private static final int DATE = 9;

  private final boolean ascending;
  /** A list stands where its smallest element does, or its greatest in descending order. */
  private final boolean byElement;

  private ValueComparator(boolean ascending, boolean byElement) {
    this.ascending = ascending;
    this.byElement = byElement;
  }

  public static ValueComparator asc() {
    return ASCENDING;
  }

  public static ValueComparator desc() {
    return DESCENDING;
  }

  public static ValueComparator ascWithoutListHandling() {
    return WHOLE_LISTS;
  }

  @Override
  public ValueComparator reversed() {
    return this == ASCENDING ? DESCENDING : ASCENDING;
  }

  static int compareTypes(Object a, Object b) {
    return Integer.compare(typeOf(a), typeOf(b));
  }

  @Override
  public int compare(Object a, Object b) {
    Object x = byElement ? elementOf(a) : a;
    Object y = byElement ? elementOf(b) : b;
    return ascending ? order(x, y) : order(y, x);
  }

  private Object elementOf(Object value) {
    if (!(value instanceof Collection<?> list)) return value;
    // Empty lists stand before null; there is nothing else there to tell them from.
    if (list.isEmpty()) return Empty.LIST;
    List<Object> elements = new ArrayList<>(list);
    elements.sort((a, b) -> ascending ? order(a, b) : order(b, a));
    return elements.get(0);
  }

  private enum Empty {
    LIST
  }

  private static int typeOf(Object value) {
    if (value == Empty.LIST) return 0;
    if (Missing.isNullOrMissing(value)) return NULL;
    if (value instanceof Number) return NUMBER;
    if (value instanceof String) return TEXT;
    if (value instanceof Document) return OBJECT;
    if (value instanceof Collection) return LIST;
    if (value instanceof UUID) return BINARY;
    if (value instanceof Boolean) return BOOLEAN;
    if (value instanceof Instant) return DATE;
    return switch (value.getClass().getSimpleName()) {
      case "MinKey" -> -1;
      case "BinData", "LegacyUUID" -> BINARY;
      case "ObjectId" -> 7;
      case "BsonTimestamp" -> 10;
      case "BsonRegularExpression" -> 11;
      case "BsonJavaScript" -> 12;
      case "MaxKey" -> 13;
      default -> throw new UnsupportedOperationException("No order for " + value.getClass());
    };
  }

  private static int order(Object a, Object b) {
    int type = typeOf(a);
    int types = Integer.compare(type, typeOf(b));
    if (types != 0) return types;
    return switch (type) {
      case NUMBER -> orderNumbers((Number) a, (Number) b);
      case TEXT -> orderTexts((String) a, (String) b);
      case OBJECT -> orderObjects((Document) a, (Document) b);
      case LIST -> orderLists((Collection<?>) a, (Collection<?>) b);
      case -1, 0, NULL, 13 -> 0;
      default -> orderComparable(a, b);
    };
  }

  private static int orderNumbers(Number a, Number b) {
    boolean whole = isWhole(a) && isWhole(b);
    if (whole) return Long.compare(a.longValue(), b.longValue());
    // Adding zero makes -0 a 0.
    return Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0);
  }

  private static boolean isWhole(Number number) {
    return number instanceof Long || number instanceof Integer || number instanceof Short;
  }

  private static int orderTexts(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x == y) continue;
      // Halves of pairs stand for code points beyond all others.
      boolean pairs = Character.isSurrogate(x) == Character.isSurrogate(y);
      return pairs ? x - y : Character.isSurrogate(x) ? 1 : -1;
    }
    return a.length() - b.length();
  }

  private static int orderLists(Collection<?> a, Collection<?> b) {
    Iterator<?> others = b.iterator();
    for (Object element : a) {
      if (!others.hasNext()) return 1;
      int elements = order(element, others.next());
      if (elements != 0) return elements;
    }
    return others.hasNext() ? -1 : 0;
  }

  private static int orderObjects(Document a, Document b) {
    Iterator<Map.Entry<String, Object>> others = b.entrySet().iterator();
    for (Map.Entry<String, Object> member : a.entrySet()) {
      if (!others.hasNext()) return 1;
      Map.Entry<String, Object> other = others.next();
      int members = compareTypes(member.getValue(), other.getValue());
      if (members == 0) members = orderTexts(member.getKey(), other.getKey());
      if (members == 0) members = order(member.getValue(), other.getValue());
      if (members != 0) return members;
    }
    return others.hasNext() ? -1 : 0;
  }

  @SuppressWarnings("unchecked")
  private static int orderComparable(Object a, Object b) {
    if (a.getClass() == b.getClass() && a instanceof Comparable<?> comparable) {
      return ((Comparable<Object>) comparable).compareTo(b);
    }
    return a.toString().compareTo(b.toString());
  }
}
