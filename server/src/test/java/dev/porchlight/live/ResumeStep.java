package dev.porchlight.live;

import java.util.List;
import java.util.Map;

/** What can happen to a feed and its clients; a row of these is one run of {@link ResumePropertyTest}. */
sealed interface ResumeStep {
  /** A message of one of the types is broadcast; only events have a risk and a size. */
  record Broadcast(MessageType type, String camera, int risk, int size) implements ResumeStep {}

  /** Time passes, and the channel is tidied. */
  record Wait(int seconds) implements ResumeStep {}

  /** The journal forgets all but its last. */
  record Prune(int keep) implements ResumeStep {}

  /** A client connects, after leaving if it was there. */
  record Connect(int client, Line line, Memory memory, Filter filter, boolean isSlow) implements ResumeStep {}

  /** A client leaves and remembers where it was. */
  record Leave(int client) implements ResumeStep {}

  /** A slow client reads a little. */
  record Read(int client) implements ResumeStep {}

  /** The messages of {@code /ws/events}. */
  enum MessageType {
    NEW_EVENT, DETECTION, EVENT_UPDATED
  }

  /** How a client is connected. */
  enum Line {
    PLAIN, PLAIN_DEFLATED, V1, V1_DEFLATED, STREAM;

    boolean isNumbered() {
      return this != PLAIN && this != PLAIN_DEFLATED;
    }

    boolean isDeflated() {
      return this == PLAIN_DEFLATED || this == V1_DEFLATED;
    }
  }

  /** What a client that connects says of its last message. */
  enum Memory {
    NOTHING, THE_LAST, ONE_LONG_BEFORE, ONE_TO_COME, ANOTHER_EPOCH
  }

  /** What a client asks for, and what that should mean. */
  enum Filter {
    ALL("", ""), DETECTIONS("types", "detection"), ONE_CAMERA("camera", "cam-1"), GRAVE("min_risk", "60");

    private final String parameter;
    private final String value;

    Filter(String parameter, String value) {
      this.parameter = parameter;
      this.value = value;
    }

    Map<String, List<String>> query() {
      return parameter.isEmpty() ? Map.of() : Map.of(parameter, List.of(value));
    }

    int minRisk() {
      return this == GRAVE ? 60 : 0;
    }

    boolean lets(String type, String camera) {
      return switch (this) {
        case ALL, GRAVE -> true;
        case DETECTIONS -> type.equals("detection");
        case ONE_CAMERA -> camera.equals("cam-1");
      };
    }
  }
}
