package dev.porchlight.domain;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a camera's address. Cameras' manuals print addresses that no standard knows, such as a password behind
 * {@code user=} in the path, so this takes more than {@link java.net.URI} does; what it cannot tell apart from a password
 * in the wrong place, it refuses. Made by {@link #parse} alone; immutable.
 */
public final class SourceAddress {
  private static final int LONGEST = 2_048;
  private static final Set<String> SCHEMES = Set.of("rtsp", "rtsps", "rtmp", "rtmps", "http", "https");
  private static final String ALLOWED = "must begin with rtsp://, rtsps://, rtmp://, rtmps://, http:// or https://";
  private static final String MASK = "***";
  private static final Pattern PARTS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)", Pattern.DOTALL);
  private static final Pattern HOST = Pattern
      .compile("([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\\.?|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");
  private static final int GREATEST_PORT = 65_535;
  private static final Pattern NAME = Pattern.compile("([^/?&;=]++)=");
  private static final Pattern VALUE = Pattern.compile("[^&?;/]*+");
  /** The name of a parameter that speaks of a secret, or is itself disguised. */
  private static final Pattern OF_A_SECRET = Pattern
      .compile("pass|pwd|psw|pswd|secret|token|key|auth|sig|session|cred|login|%|^pw$", Pattern.CASE_INSENSITIVE);

  private final String scheme;
  private final String secret;
  private final String display;

  private SourceAddress(String scheme, String secret, String display) {
    this.scheme = scheme;
    this.secret = secret;
    this.display = display;
  }

  static SourceAddress parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("must have at most " + LONGEST + " characters, not " + text.length());
    }
    if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      throw new IllegalArgumentException("must be ASCII without spaces: write anything else as %20 and the like");
    }
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches() || !SCHEMES.contains(parts.group(1).toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(ALLOWED);
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    String rest = parts.group(3);
    if (rest.indexOf('@') >= 0 || rest.indexOf('#') >= 0) {
      // Most likely a password with / or ? in it: taken as it stands, half of it would count as the path and be shown.
      throw new IllegalArgumentException(
          "must not have @ or # behind the host: in a password write / ? # @ as %2F %3F %23 %40");
    }
    String authority = parts.group(2);
    int at = authority.lastIndexOf('@');
    String login = authority.substring(0, at + 1);
    String host = authority.substring(at + 1);
    requireHost(host);
    if (text.contains(MASK)) {
      throw new IllegalArgumentException("shows " + MASK + " where a secret belongs: write it out");
    }
    return new SourceAddress(scheme, scheme + "://" + login + host + rest,
        scheme + "://" + (login.isEmpty() ? "" : MASK + "@") + host + masked(rest));
  }

  private static void requireHost(String host) {
    Matcher matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must name a host behind ://, and after it a port if any");
    }
    String port = matcher.group(2);
    if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > GREATEST_PORT)) {
      throw new IllegalArgumentException("must have a port from 1 to " + GREATEST_PORT);
    }
  }

  /** By steps and not by one pattern for all of it: that would take minutes for what somebody wrote to that end. */
  private static String masked(String rest) {
    Matcher name = NAME.matcher(rest);
    Matcher value = VALUE.matcher(rest);
    var shown = new StringBuilder();
    int from = 0;
    while (name.find(from)) {
      int valueAt = name.end();
      shown.append(rest, from, valueAt);
      from = valueAt;
      if (OF_A_SECRET.matcher(name.group(1)).find()) {
        value.find(valueAt);
        shown.append(MASK);
        from = value.end();
      }
    }
    return shown.append(rest, from, rest.length()).toString();
  }

  /** In lower case: {@code rtsp}, {@code rtsps}, {@code rtmp}, {@code rtmps}, {@code http} or {@code https}. */
  public String scheme() {
    return scheme;
  }

  String secret() {
    return secret;
  }

  String display() {
    return display;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceAddress address && address.secret.equals(secret);
  }

  @Override
  public int hashCode() {
    return secret.hashCode();
  }

  @Override
  public String toString() {
    return display;
  }
}
