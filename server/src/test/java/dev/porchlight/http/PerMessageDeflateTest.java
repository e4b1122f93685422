package dev.porchlight.http;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The offers of clients: those of browsers and libraries, and those that no honest client makes. */
class PerMessageDeflateTest {
  private static final String ANSWER = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  @ParameterizedTest
  @ValueSource(strings = {"permessage-deflate", "permessage-deflate; client_max_window_bits",
    "permessage-deflate; client_max_window_bits=8", "permessage-deflate; client_max_window_bits=\"15\"",
    "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
    "permessage-deflate; client_max_window_bits =\t10 ", " permessage-deflate\t;client_no_context_takeover ",
    ",, permessage-deflate ,", "permessage-deflate; client_max_window_bits=\"1\\0\"",
    "x-webkit-deflate-frame, permessage-deflate; client_max_window_bits",
    "other; a=\"b\"; c=d; e, permessage-deflate"})
  void anOfferThatCanBeMetIsAccepted(String offer) {
    assertThat(PerMessageDeflate.answer(List.of(offer))).contains(ANSWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"permessage-deflate; server_max_window_bits=15",
    "permessage-deflate; client_max_window_bits; server_max_window_bits=\"15\"",
    "permessage-deflate; server_max_window_bits=10, permessage-deflate; server_max_window_bits=15"})
  void theFullWindowIsConfirmedToWhoeverAsksForIt(String offer) {
    assertThat(PerMessageDeflate.answer(List.of(offer))).contains(ANSWER + "; server_max_window_bits=15");
  }

  @ParameterizedTest
  @ValueSource(strings = {"permessage-deflate; server_max_window_bits=14",
    "permessage-deflate; server_max_window_bits=8",
    "permessage-deflate; server_max_window_bits", "permessage-deflate; server_max_window_bits=16",
    "permessage-deflate; server_max_window_bits=015",
    "permessage-deflate; client_max_window_bits=7", "permessage-deflate; client_max_window_bits=16",
    "permessage-deflate; client_max_window_bits=08", "permessage-deflate; client_max_window_bits=x",
    "permessage-deflate; server_no_context_takeover=1",
    "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
    "permessage-deflate; client_max_window_bits=10; client_max_window_bits=10",
    "permessage-deflate; mystery", "permessage-deflate; mystery=1", "Permessage-Deflate", "permessage-bzip2",
    "x-webkit-deflate-frame"})
  void anOfferThatCannotBeMetIsDeclinedAndTheNextOneTried(String offer) {
    assertThat(PerMessageDeflate.answer(List.of(offer))).isEmpty();
    assertThat(PerMessageDeflate.answer(List.of(offer + ", permessage-deflate"))).contains(ANSWER);
    assertThat(PerMessageDeflate.answer(List.of(offer, "permessage-deflate"))).contains(ANSWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", ";", "permessage-deflate;", "permessage-deflate;;client_max_window_bits",
    "permessage-deflate=1", "permessage deflate", "permessage-deflate; client_max_window_bits=",
    "permessage-deflate; client_max_window_bits=\"10", "permessage-deflate; =10",
    "permessage-deflate; server_max_window_bits=\"\"", "\"permessage-deflate\"",
    "permessage-deflate, oh dear", "permessage-deflate, other; a=\"b,c\"",
    "permessage-deflate; client_max_window_bits=10\u00e9"})
  void aHeaderThatCannotBeReadOffersNothing(String header) {
    assertThat(PerMessageDeflate.answer(List.of(header))).isEmpty();
  }

  @Test
  void noHeaderIsNoOffer() {
    assertThat(PerMessageDeflate.answer(List.of())).isEmpty();
  }

  @Test
  void aHeaderMadeToBeSlowIsReadOnce() {
    String header = "permessage-deflate" + "; a=\"" + "\\a".repeat(4_000) + "\" ".repeat(2_000);

    assertThat(PerMessageDeflate.answer(List.of(header))).isEmpty();
  }
}
