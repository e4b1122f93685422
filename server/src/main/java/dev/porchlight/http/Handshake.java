package dev.porchlight.http;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The opening handshake of RFC 6455, section 4.2. */
final class Handshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Map<String, String> UPGRADE = Map.of("Upgrade", "websocket", "Connection", "Upgrade",
      "Sec-WebSocket-Version", "13");

  private Handshake() {}

  /** What is wrong with a client's opening handshake; empty when nothing is. */
  static Optional<Problem> check(MultiMap headers) {
    if (!hasToken(headers, "Upgrade", "websocket") || !hasToken(headers, "Connection", "upgrade")) {
      return Optional.of(new Problem(426, "this is a WebSocket: ask for an upgrade", UPGRADE));
    }
    String version = headers.get("Sec-WebSocket-Version");
    if (version == null || !version.strip().equals("13")) {
      return Optional.of(new Problem(426, "Sec-WebSocket-Version must be 13", UPGRADE));
    }
    if (!isKey(headers.get("Sec-WebSocket-Key")) || headers.getAll("Sec-WebSocket-Key").size() != 1) {
      return Optional.of(new Problem(400, "Sec-WebSocket-Key must be 16 bytes in base64"));
    }
    return Optional.empty();
  }

  /** The value of {@code Sec-WebSocket-Accept} for a client's key. */
  static String accept(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1")
          .digest((key.strip() + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /** True when the client offers this subprotocol; names are case-sensitive. What cannot be read offers nothing. */
  static boolean offers(MultiMap headers, String protocol) {
    return headers.getAll("Sec-WebSocket-Protocol")
        .stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .anyMatch(value -> value.strip().equals(protocol));
  }

  private static boolean hasToken(MultiMap headers, String name, String token) {
    return headers.getAll(name)
        .stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .anyMatch(value -> value.strip().toLowerCase(Locale.ROOT).equals(token));
  }

  private static boolean isKey(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key.strip()).length == 16;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
