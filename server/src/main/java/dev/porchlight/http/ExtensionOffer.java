package dev.porchlight.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One offer of {@code Sec-WebSocket-Extensions}, RFC 6455, section 9.1.
 *
 * @param name       of the extension
 * @param parameters in the order in which they were given; a name may come twice
 */
record ExtensionOffer(String name, List<Parameter> parameters) {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  /** One element with the separator behind it. Possessive, so that no header makes it try anything twice. */
  private static final Pattern ELEMENT = Pattern.compile("[ \\t]*+(?<name>" + TOKEN + "+)[ \\t]*+"
      + "(?:=[ \\t]*+(?:(?<token>" + TOKEN + "+)|\"(?<quoted>(?:[^\"\\\\]|\\\\.)*+)\")[ \\t]*+)?+(?<end>[;,]|$)");
  private static final Pattern NOTHING = Pattern.compile("[ \\t]*+(?:,|$)");
  private static final Pattern WHOLE_TOKEN = Pattern.compile(TOKEN);

  ExtensionOffer {
    parameters = List.copyOf(parameters);
  }

  /**
   * A parameter of an offer.
   *
   * @param value without its quotes; null when there is none
   */
  record Parameter(String name, @Nullable String value) {}

  /**
   * The offers of all headers in their order. A header that cannot be read offers nothing: that leaves a connection that
   * works without extensions, where refusing it would leave none.
   */
  static List<ExtensionOffer> parse(List<String> headerValues) {
    return headerValues.stream().map(ExtensionOffer::parse).flatMap(List::stream).toList();
  }

  private static List<ExtensionOffer> parse(String header) {
    var offers = new ArrayList<ExtensionOffer>();
    Matcher element = ELEMENT.matcher(header);
    Matcher nothing = NOTHING.matcher(header);
    int at = 0;
    while (at < header.length()) {
      if (nothing.region(at, header.length()).lookingAt()) {
        at = nothing.end();
        continue;
      }
      if (!element.region(at, header.length()).lookingAt() || hasValue(element)) {
        return List.of();
      }
      String name = element.group("name");
      var parameters = new ArrayList<Parameter>();
      while (element.group("end").equals(";")) {
        if (!element.region(element.end(), header.length()).lookingAt()) {
          return List.of();
        }
        Optional<Parameter> parameter = parameter(element);
        if (parameter.isEmpty()) {
          return List.of();
        }
        parameters.add(parameter.get());
      }
      offers.add(new ExtensionOffer(name, parameters));
      at = element.end();
    }
    return offers;
  }

  private static boolean hasValue(Matcher element) {
    return element.group("token") != null || element.group("quoted") != null;
  }

  /** A quoted value must, without its quotes, be a token. */
  private static Optional<Parameter> parameter(Matcher element) {
    String quoted = element.group("quoted");
    if (quoted == null) {
      return Optional.of(new Parameter(element.group("name"), element.group("token")));
    }
    String value = quoted.replaceAll("\\\\(.)", "$1");
    return WHOLE_TOKEN.matcher(value).matches()
        ? Optional.of(new Parameter(element.group("name"), value))
        : Optional.empty();
  }
}
