package dev.porchlight.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings among the environment variables: {@code PORCHLIGHT_BATCH_IDLE} stands for {@code batch.idle}. */
final class Variables {
  private static final String PREFIX = "PORCHLIGHT_";

  /** Not settings of the server: the launcher, the build and the tests read these. */
  private static final Set<String> RESERVED = Set.of("PORCHLIGHT_JAVA_OPTS", "PORCHLIGHT_JAVA_HOME", "PORCHLIGHT_CACHE",
      "PORCHLIGHT_MODEL_TARBALL", "PORCHLIGHT_TEST_MEDIA", "PORCHLIGHT_REQUIRE");

  /**
   * Kubernetes and Docker put the addresses of a service into the environment of its neighbours; a service that is
   * called porchlight, as it well may be, must not stop the server.
   */
  private static final Pattern SERVICE_LINK = Pattern
      .compile("PORCHLIGHT_(SERVICE_HOST|SERVICE_PORT\\w*|PORT_[0-9]+_(TCP|UDP)\\w*)");

  private final Map<String, String> values = new TreeMap<>();

  Variables(Map<String, String> environment) {
    environment.forEach((name, value) -> {
      // An empty variable is how compose files and shells spell one that is not set.
      if (name.startsWith(PREFIX) && !value.isBlank() && !isForeign(name, value)) {
        values.put(name, value.strip());
      }
    });
  }

  /** The variable that stands for {@code key}. */
  static String nameOf(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  static String withoutPrefix(String name) {
    return name.substring(PREFIX.length());
  }

  @Nullable
  Entry find(String key) {
    String name = nameOf(key);
    String value = values.get(name);
    return value == null ? null : new Entry(key, value, Source.ENVIRONMENT, name);
  }

  /** The names of all variables that should be settings, sorted. */
  Set<String> names() {
    return values.keySet();
  }

  private static boolean isForeign(String name, String value) {
    return RESERVED.contains(name) || SERVICE_LINK.matcher(name).matches()
        || (name.equals("PORCHLIGHT_PORT") && value.contains("://"));
  }
}
