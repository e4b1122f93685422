package dev.porchlight.ftp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as a camera sees it: below its own folder, which is {@code /}. There is none that leads out of it.
 *
 * @param segments each a valid name; none for the folder itself
 */
record RemotePath(List<String> segments) {
  static final RemotePath ROOT = new RemotePath(List.of());

  private static final int MOST_SEGMENTS = 8;
  /** File systems allow 255, and a name may have to become unique. */
  private static final int MOST_BYTES_OF_NAME = 200;

  RemotePath {
    segments = List.copyOf(segments);
  }

  /**
   * The path that {@code argument} names when this is the working folder.
   *
   * @throws RefusedException when it leads out of the camera's folder, or a name in it is none that a file may have
   */
  RemotePath resolve(String argument) throws RefusedException {
    var names = new ArrayList<>(argument.startsWith("/") ? List.of() : segments);
    for (String name : argument.split("/", -1)) {
      if (name.equals("..")) {
        if (names.isEmpty()) {
          throw refused("it leads out of the camera's folder");
        }
        names.removeLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(checked(name));
      }
    }
    if (names.size() > MOST_SEGMENTS) {
      throw refused("it is more than " + MOST_SEGMENTS + " folders deep");
    }
    return new RemotePath(names);
  }

  /** The last name; empty for the camera's folder. */
  String name() {
    return segments.isEmpty() ? "" : segments.getLast();
  }

  boolean isRoot() {
    return segments.isEmpty();
  }

  /** Whether this lies in {@code folder} itself, and in no folder of it. */
  boolean isIn(RemotePath folder) {
    return !isRoot() && segments.subList(0, segments.size() - 1).equals(folder.segments);
  }

  /** The path with {@code /} before each name. */
  @Override
  public String toString() {
    return isRoot() ? "/" : "/" + String.join("/", segments);
  }

  private static String checked(String name) throws RefusedException {
    if (name.codePoints().anyMatch(RemotePath::isUnfit)) {
      throw refused("it has a control character");
    }
    if (name.indexOf('\\') >= 0) {
      throw refused("it has a backslash");
    }
    if (name.startsWith(".")) {
      throw refused("it begins with a dot");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES_OF_NAME) {
      throw refused("it is longer than " + MOST_BYTES_OF_NAME + " bytes");
    }
    return name;
  }

  private static boolean isUnfit(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE, Character.UNASSIGNED ->
        true;
      default -> false;
    };
  }

  private static RefusedException refused(String why) {
    return new RefusedException(553, Reason.BAD_NAME, "Name not allowed: " + why + ".");
  }
}
