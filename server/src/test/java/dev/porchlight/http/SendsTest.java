package dev.porchlight.http;

import dev.porchlight.TestRequirements;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends to sockets as the kernel knows them, in one call and in many. Seen to fail when a ring forgets that its places go
 * round.
 */
class SendsTest {
  private static final int CAPACITY = 8;

  private final Arena arena = Arena.ofConfined();
  private final List<SocketPair> pairs = new ArrayList<>();

  enum Way {
    RING, CALLS
  }

  private static Sends open(Way way) {
    if (way == Way.CALLS) {
      return new SendCalls(CAPACITY);
    }
    var ring = SendRing.open(CAPACITY);
    TestRequirements.require("io_uring", ring.isPresent(), "the kernel, or who runs this, allows none");
    return ring.orElseThrow();
  }

  @AfterEach
  void close() {
    pairs.forEach(SocketPair::close);
    arena.close();
  }

  @ParameterizedTest
  @EnumSource
  void everySocketGetsItsOwn(Way way) {
    int[] results = new int[CAPACITY];
    try (Sends sends = open(way)) {
      // Often enough for the places in a ring to go round, with a number of sends that does not divide it.
      for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 7; i++) {
          put(sends, i, socket(i), "round " + round + " for " + i);
        }
        sends.send(7, results);
        for (int i = 0; i < 7; i++) {
          String text = "round " + round + " for " + i;
          assertThat(results[i]).isEqualTo(text.length());
          assertThat(pairs.get(i).received()).isEqualTo(text);
        }
      }
      assertThat(sends.isBroken()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFullABrokenAndAForeignSocketAreNothingToTheOthers(Way way) {
    int[] results = new int[CAPACITY];
    String much = "x".repeat(60_000);
    try (Sends sends = open(way)) {
      int taken = 0;
      do {
        put(sends, 0, socket(0), much);
        sends.send(1, results);
        taken += Math.max(0, results[0]);
      } while (results[0] > 0);
      assertThat(taken).isPositive();
      pairs.add(new SocketPair());
      pairs.get(1).closeFar();

      put(sends, 0, pairs.get(0).near(), "full");
      put(sends, 1, pairs.get(1).near(), "broken");
      put(sends, 2, 1_000_000, "not open");
      put(sends, 3, socket(2), "well");
      sends.send(4, results);

      assertThat(results[0]).isNegative();
      assertThat(results[1]).isNegative();
      assertThat(results[2]).isNegative();
      assertThat(results[3]).isEqualTo(4);
      assertThat(pairs.get(2).received()).isEqualTo("well");
      assertThat(sends.isBroken()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSocketThatTakesAPartTellsHowMuch(Way way) {
    int[] results = new int[CAPACITY];
    try (Sends sends = open(way)) {
      put(sends, 0, socket(0), "x".repeat(8_000_000));
      sends.send(1, results);
      assertThat(results[0]).isBetween(1, 7_999_999);
    }
  }

  private int socket(int index) {
    while (pairs.size() <= index) {
      pairs.add(new SocketPair());
    }
    return pairs.get(index).near();
  }

  private void put(Sends sends, int index, int socket, String text) {
    MemorySegment bytes = arena.allocateFrom(text, StandardCharsets.US_ASCII);
    sends.put(index, socket, bytes.address(), text.length());
  }
}
