package dev.porchlight.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How the parts of the server are.
 *
 * @param components by name, in order
 */
public record Health(Map<String, Component> components) {
  public Health {
    components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
  }

  /** The worst of the components. */
  public Status status() {
    Status worst = Status.OK;
    for (Component component : components.values()) {
      worst = component.status.compareTo(worst) > 0 ? component.status : worst;
    }
    return worst;
  }

  /**
   * One part.
   *
   * @param detail one line for people
   */
  public record Component(Status status, String detail) {
    /** This, or the other when that is worse. */
    public Component orWorse(Component other) {
      return other.status.compareTo(status) > 0 ? other : this;
    }
  }

  /** How a part is; from good to bad. */
  public enum Status {
    /** As it should be. */
    OK,
    /** Working, but less than it could. */
    DEGRADED,
    /** Not working: what it does is not done. */
    DOWN;

    /** The status as REST spells it. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
