package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Page;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How lists are cut: one row more than asked for is read, which says whether there is a next page. */
final class Pages {
  private static final int MOST = 200;

  private Pages() {}

  /** The rows to read for a page of {@code limit}. */
  static int rows(int limit) {
    requireLimit(limit);
    return limit + 1;
  }

  static void requireLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("a limit lies between 1 and " + MOST + ": " + limit);
    }
  }

  /** The id that all ids of the page are below. */
  static long below(@Nullable Long before) {
    return before == null ? Long.MAX_VALUE : before;
  }

  static <T> Page<T> of(List<T> rows, int limit, ToLongFunction<T> id) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null);
    }
    var items = rows.subList(0, limit);
    return new Page<>(items, id.applyAsLong(items.getLast()));
  }
}
