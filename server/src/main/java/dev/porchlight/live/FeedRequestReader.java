package dev.porchlight.live;

import dev.porchlight.domain.CameraId;
import dev.porchlight.live.FeedRequest.Resume;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what a client asks for in the parameters of its address. What it does not know it refuses: silence would mislead. */
final class FeedRequestReader {
  private static final int MOST_NAMES = 256;
  private static final Set<String> FILTERS = Set.of("types", "camera", "min_risk");
  private static final Set<String> RESUME = Set.of("epoch", "since");

  private final Set<String> types;

  /** Reads for a channel that has messages of these types. */
  FeedRequestReader(Set<String> types) {
    this.types = types;
  }

  /**
   * Reads the parameters of a WebSocket.
   *
   * @param offersV1 that the client offered the subprotocol
   * @throws FeedRequestException when something is unknown, or given twice
   */
  FeedRequest webSocket(Map<String, List<String>> query, boolean offersV1) {
    requireKnown(query, "protocol");
    String protocol = value(query, "protocol");
    if (protocol != null && !protocol.equals("v1")) {
      throw new FeedRequestException("unknown protocol \"" + protocol + "\"; known is v1");
    }
    Dialect dialect = offersV1 || protocol != null ? Dialect.V1 : Dialect.PLAIN;
    Resume resume = resume(value(query, "epoch"), value(query, "since"));
    if (dialect == Dialect.PLAIN && resume != null) {
      throw new FeedRequestException("since needs protocol=v1: a plain client cannot resume");
    }
    FeedFilter filter = filter(query);
    if (dialect == Dialect.PLAIN && filter.types().contains(Messages.EVENT_UPDATED)) {
      throw new FeedRequestException(
          "event_updated in types needs protocol=v1: a plain client gets new_event when the level of an event rises");
    }
    return new FeedRequest(dialect, filter, resume);
  }

  /**
   * Reads the parameters of an event stream.
   *
   * @param lastEventId what a client that comes back says; it counts before the address, which is older. Null or empty when
   *                    it says nothing
   * @throws FeedRequestException when something is unknown, or given twice
   */
  FeedRequest eventStream(Map<String, List<String>> query, @Nullable String lastEventId) {
    requireKnown(query, null);
    Resume resume = resume(value(query, "epoch"), value(query, "since"));
    if (lastEventId != null && !lastEventId.isEmpty()) {
      int colon = lastEventId.lastIndexOf(':');
      if (colon <= 0 || !isNumber(lastEventId.substring(colon + 1))) {
        throw new FeedRequestException(
            "Last-Event-ID must be an epoch, a colon and a number, not \"" + lastEventId + "\"");
      }
      resume = resume(lastEventId.substring(0, colon), lastEventId.substring(colon + 1));
    }
    return new FeedRequest(Dialect.EVENT_STREAM, filter(query), resume);
  }

  private static void requireKnown(Map<String, List<String>> query, @Nullable String further) {
    for (String name : query.keySet()) {
      if (!FILTERS.contains(name) && !RESUME.contains(name) && !name.equals(further)) {
        var known = new TreeSet<>(FILTERS);
        known.addAll(RESUME);
        if (further != null) {
          known.add(further);
        }
        throw new FeedRequestException("unknown parameter \"" + name + "\"; known are " + String.join(", ", known));
      }
    }
  }

  private static @Nullable Resume resume(@Nullable String epoch, @Nullable String since) {
    if (since == null && epoch == null) {
      return null;
    }
    if (epoch == null || epoch.isEmpty()) {
      throw new FeedRequestException("since needs epoch: a number means nothing without it");
    }
    if (since == null || !isNumber(since)) {
      throw new FeedRequestException("since must be the number of the last message received, not \""
          + (since == null ? "" : since) + "\"");
    }
    // A number of more digits is beyond any that was ever given out.
    return new Resume(epoch, since.length() > 18 ? Long.MAX_VALUE : Long.parseLong(since));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private FeedFilter filter(Map<String, List<String>> query) {
    Set<String> wanted = names(query, "types");
    for (String type : wanted) {
      if (!types.contains(type)) {
        throw new FeedRequestException("unknown type \"" + type + "\" in types; known are "
            + String.join(", ", new TreeSet<>(types)));
      }
    }
    Set<String> cameras = names(query, "camera");
    for (String camera : cameras) {
      if (!CameraId.isValid(camera)) {
        throw new FeedRequestException("\"" + camera + "\" in camera cannot be the id of a camera");
      }
    }
    return new FeedFilter(wanted, cameras, minRisk(value(query, "min_risk")));
  }

  private static int minRisk(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > 100) {
      throw new FeedRequestException("min_risk must be a number from 0 to 100, not \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private static Set<String> names(Map<String, List<String>> query, String parameter) {
    String text = value(query, parameter);
    if (text == null) {
      return Set.of();
    }
    Set<String> names = Set.copyOf(List.of(text.split(",", -1)).stream().distinct().toList());
    if (names.size() > MOST_NAMES) {
      throw new FeedRequestException(parameter + " names more than " + MOST_NAMES);
    }
    return names;
  }

  private static @Nullable String value(Map<String, List<String>> query, String name) {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new FeedRequestException("the parameter " + name + " is given " + values.size() + " times");
    }
    return values.isEmpty() ? null : values.getFirst();
  }
}
