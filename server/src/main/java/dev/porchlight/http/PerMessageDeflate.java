package dev.porchlight.http;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to a client that offers {@code permessage-deflate}, RFC 7692, section 7.1. Nothing is ever kept
 * between two messages, in either direction: a window would cost 32 KiB and more for every client, and a frame that is
 * compressed once for all of them cannot refer to what one of them got before.
 */
final class PerMessageDeflate {
  private static final String NAME = "permessage-deflate";
  private static final String ANSWER = NAME + "; server_no_context_takeover; client_no_context_takeover";
  private static final String FULL_WINDOW = "15";
  private static final Pattern WINDOW = Pattern.compile("[89]|1[0-5]");

  private PerMessageDeflate() {}

  /**
   * The value of the header {@code Sec-WebSocket-Extensions} that accepts the first offer that can be met; empty when
   * there is none, and the connection goes on uncompressed.
   */
  static Optional<String> answer(List<String> headerValues) {
    return ExtensionOffer.parse(headerValues)
        .stream()
        .filter(PerMessageDeflate::canBeMet)
        .findFirst()
        .map(offer -> asksForWindow(offer) ? ANSWER + "; server_max_window_bits=" + FULL_WINDOW : ANSWER);
  }

  private static boolean canBeMet(ExtensionOffer offer) {
    var seen = new HashSet<String>();
    return offer.name().equals(NAME)
        && offer.parameters()
            .stream()
            .allMatch(parameter -> seen.add(parameter.name()) && canBeMet(parameter.name(), parameter.value()));
  }

  private static boolean canBeMet(String parameter, @Nullable String value) {
    return switch (parameter) {
      case "server_no_context_takeover", "client_no_context_takeover" -> value == null;
      // Java's Deflater has the full window and no other.
      case "server_max_window_bits" -> FULL_WINDOW.equals(value);
      case "client_max_window_bits" -> value == null || WINDOW.matcher(value).matches();
      default -> false;
    };
  }

  private static boolean asksForWindow(ExtensionOffer offer) {
    return offer.parameters().stream().anyMatch(parameter -> parameter.name().equals("server_max_window_bits"));
  }
}
