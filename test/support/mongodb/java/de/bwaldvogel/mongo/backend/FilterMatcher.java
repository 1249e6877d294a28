package de.bwaldvogel.mongo.backend;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells whether a document meets a query as MongoDB does, where the library's matcher does not: a list within a list is not opened, a
 * path into a list without an object finds nothing there, and a regular expression meets texts only. What it does not know it leaves
 * to the library.
 */
public final class FilterMatcher implements QueryMatcher {
  private static final Set<String> LOGICAL = Set.of("$and", "$or", "$nor");
  private static final Set<String> KNOWN =
      Set.of("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$regex", "$not");

  private final QueryMatcher library = new DefaultQueryMatcher();
  private Document lastQuery;
  private boolean lastKnown;

  /** Has a collection match by this. It makes its matcher itself and keeps it to itself. */
  public static <C extends MongoCollection<?>> C in(C collection) {
    try {
      var field = AbstractMongoCollection.class.getDeclaredField("matcher");
      field.setAccessible(true);
      field.set(collection, new FilterMatcher());
      return collection;
    } catch (ReflectiveOperationException error) {
      throw new IllegalStateException(error);
    }
  }

  @Override
  public synchronized boolean matches(Document document, Document query) {
    // The same query is held to document after document.
    if (lastQuery != query) {
      lastKnown = isKnown(query);
      lastQuery = query;
    }
    return lastKnown ? meets(document, query) : library.matches(document, query);
  }

  @Override
  public boolean matchesValue(Object query, Object value) {
    return library.matchesValue(query, value);
  }

  @Override
  public Integer matchPosition(Document document, Document query) {
    return library.matchPosition(document, query);
  }

  private static boolean isKnown(Document query) {
    return query.entrySet().stream()
        .allMatch(
            entry ->
                entry.getKey().startsWith("$")
                    ? LOGICAL.contains(entry.getKey())
                        && ((Collection<?>) entry.getValue())
                            .stream().allMatch(part -> isKnown((Document) part))
                    : List.of(entry.getKey().split("\\.")).stream()
                            .noneMatch(name -> name.matches("\\d+"))
                        && isKnownCondition(entry.getValue()));
  }

  private static boolean isKnownCondition(Object condition) {
    if (condition instanceof BsonRegularExpression) return false;
    if (!isOperators(condition)) return !(condition instanceof Document);
    return ((Document) condition)
        .entrySet().stream()
            .allMatch(
                entry ->
                    entry.getKey().equals("$not")
                        ? isOperators(entry.getValue()) && isKnownCondition(entry.getValue())
                        : entry.getKey().equals("$type")
                            ? "object".equals(entry.getValue())
                            : KNOWN.contains(entry.getKey())
                                && !(entry.getValue() instanceof Document));
  }

  private static boolean isOperators(Object condition) {
    return condition instanceof Document document
        && !document.isEmpty()
        && document.keySet().iterator().next().startsWith("$");
  }

  private static boolean meets(Document document, Document query) {
    for (Map.Entry<String, Object> entry : query.entrySet()) {
      String key = entry.getKey();
      boolean met =
          key.startsWith("$")
              ? meetsLogical(document, key, (Collection<?>) entry.getValue())
              : meetsCondition(document, key.split("\\."), entry.getValue());
      if (!met) return false;
    }
    return true;
  }

  private static boolean meetsLogical(Document document, String operator, Collection<?> parts) {
    Predicate<Object> part = query -> meets(document, (Document) query);
    return switch (operator) {
      case "$and" -> parts.stream().allMatch(part);
      case "$or" -> parts.stream().anyMatch(part);
      default -> parts.stream().noneMatch(part);
    };
  }

  private static boolean meetsCondition(Document document, String[] path, Object condition) {
    if (!isOperators(condition)) return some(document, path, 0, value -> equal(value, condition));
    for (Map.Entry<String, Object> entry : ((Document) condition).entrySet()) {
      if (!meetsOperator(document, path, entry.getKey(), entry.getValue())) return false;
    }
    return true;
  }

  private static boolean meetsOperator(
      Document document, String[] path, String operator, Object operand) {
    return switch (operator) {
      case "$not" -> !meetsCondition(document, path, operand);
      case "$ne" -> !meetsOperator(document, path, "$eq", operand);
      case "$nin" -> !meetsOperator(document, path, "$in", operand);
      case "$exists" ->
          some(document, path, 0, value -> !(value instanceof Missing)) == Utils.isTrue(operand);
      default -> some(document, path, 0, value -> passes(value, operator, operand));
    };
  }

  private static boolean passes(Object value, String operator, Object operand) {
    return switch (operator) {
      case "$eq" -> equal(value, operand);
      case "$in" -> isIn(value, (Collection<?>) operand);
      case "$type" -> value instanceof Document;
      case "$regex" ->
          value instanceof String text
              && new BsonRegularExpression((String) operand, "").matcher(text).find();
      default -> {
        if (value instanceof Missing || value == null || operand == null) yield false;
        if (ValueComparator.compareTypes(value, operand) != 0) yield false;
        int order = ValueComparator.ascWithoutListHandling().compare(value, operand);
        yield switch (operator) {
          case "$gt" -> order > 0;
          case "$gte" -> order >= 0;
          case "$lt" -> order < 0;
          default -> order <= 0;
        };
      }
    };
  }

  /** The operand of the query at hand, for thousands of documents of which each would be held to thousands of texts. */
  private record Operand(Collection<?> values, Set<Object> distinct) {}

  private static final ThreadLocal<Operand> OPERAND = new ThreadLocal<>();

  private static boolean isIn(Object value, Collection<?> values) {
    Operand operand = OPERAND.get();
    if (operand == null || operand.values() != values) {
      operand = new Operand(values, new HashSet<>(values));
      OPERAND.set(operand);
    }
    if (value instanceof String) return operand.distinct().contains(value);
    return values.stream().anyMatch(each -> !(each instanceof String) && equal(value, each));
  }

  private static boolean equal(Object value, Object operand) {
    if (operand == null || value == null || value instanceof Missing) {
      return Missing.isNullOrMissing(value) && Objects.isNull(operand);
    }
    return ValueComparator.ascWithoutListHandling().compare(value, operand) == 0;
  }

  /** Whether a value passes that a condition on the path looks at: its own, an element's, a missing one. */
  private static boolean some(Object within, String[] path, int depth, Predicate<Object> test) {
    Object value =
        within instanceof Document document ? document.getOrMissing(path[depth]) : Missing.getInstance();
    boolean isLast = depth == path.length - 1;
    if (isLast && test.test(value)) return true;
    if (value instanceof Collection<?> list) {
      return list.stream()
          .anyMatch(
              element ->
                  isLast
                      ? test.test(element)
                      : element instanceof Document && some(element, path, depth + 1, test));
    }
    return !isLast && some(value, path, depth + 1, test);
  }
}
