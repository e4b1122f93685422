package dev.porchlight.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be closed, last opened first. A failure to close one thing does not keep the others open. */
final class Lifecycle implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  private final Deque<Opened> opened = new ArrayDeque<>();

  /** Notes that {@code resource} is to be closed. */
  <T extends AutoCloseable> T add(String name, T resource) {
    opened.push(new Opened(name, resource));
    return resource;
  }

  /** Closes everything; what cannot be closed is logged. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      Opened next = opened.pop();
      try {
        next.resource.close();
      } catch (Exception e) {
        log.error("could not close the {}", next.name, e);
      }
    }
  }

  private record Opened(String name, AutoCloseable resource) {}
}
