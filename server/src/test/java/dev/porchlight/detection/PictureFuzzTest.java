package dev.porchlight.detection;

import com.sun.management.ThreadMXBean;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.PictureView;
import dev.porchlight.picture.Mutation;
import dev.porchlight.picture.NotAPictureException;
import dev.porchlight.picture.PictureInfo;
import dev.porchlight.picture.PictureProbe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spoils real photos in every way and has them looked at: what comes of it is a picture or one of the declared exceptions,
 * within seconds and within the memory that is set aside for it, all of which is given back. A run of any length:
 * {@code mvn -pl server -am test -Dtest=PictureFuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Dporchlight.fuzz.tries=200000}
 */
class PictureFuzzTest {
  /**
   * Of everything that a step allocates, garbage included, which is more than it ever holds: the decoded pixels, the decoder's
   * copy of them where it converts, the canvas, and a JPEG of noise that has grown by doubling (172,963,240 bytes were seen).
   * A bomb takes billions.
   */
  private static final long MOST_MEMORY = 3 * PictureMemory.PIXEL_BYTES + (64L << 20);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final List<byte[]> SEEDS = FuzzSeeds.make();
  private static final TreeMap<String, Integer> OUTCOMES = new TreeMap<>();
  private static final TreeMap<String, Long> MOST_ALLOCATED = new TreeMap<>();

  private final PictureMemory memory = new PictureMemory();
  private final PictureReader reader = new PictureReader(memory);
  private final PictureReader plain = new PictureReader(memory, null);
  private final Drawing drawing = new Drawing(reader);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Property
  void whateverIsSpoiltIsAPictureOrSaysWhyNot(@ForAll("spoilt") byte[] bytes) throws Exception {
    String outcome = outcome(bytes);

    // This would wait for ever if any memory had not been given back.
    memory.pixels(PictureMemory.PIXEL_BYTES).close();
    OUTCOMES.merge(outcome, 1, Integer::sum);
  }

  @AfterContainer
  static void print() {
    System.out
        .println("spoilt pictures: " + OUTCOMES.values().stream().mapToInt(Integer::intValue).sum() + " " + OUTCOMES
            + ", most bytes allocated " + MOST_ALLOCATED);
  }

  @Provide
  Arbitrary<byte[]> spoilt() {
    return Combinators
        .combine(Arbitraries.of(SEEDS), Arbitraries.of(SEEDS), mutation().list().ofMinSize(1).ofMaxSize(4))
        .as((picture, other, mutations) -> Mutation.all(mutations, picture, other));
  }

  private static Arbitrary<Mutation> mutation() {
    // Most of what decides is at the front.
    Arbitrary<Double> place = Arbitraries.oneOf(Arbitraries.doubles().between(0, 1),
        Arbitraries.doubles().between(0, 0.05));
    Arbitrary<Integer> value = Arbitraries.oneOf(Arbitraries.integers().between(0, 255),
        Arbitraries.of(0, 1, 127, 128, 254, 255));
    Arbitrary<Integer> piece = Arbitraries.integers().between(0, 12);
    Arbitrary<Integer> side = Arbitraries.of(0, 1, 2, 7, 600, 8_000, 65_500, 65_535, 65_536, 49_000_000,
        Integer.MAX_VALUE, -1);
    Arbitrary<Integer> length = Arbitraries.oneOf(Arbitraries.integers().between(0, 300),
        Arbitraries.of(0, 1, 2, 3, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE, -1));
    return Arbitraries.oneOf(
        Combinators.combine(place, Arbitraries.integers().between(0, 7)).as(Mutation.Flip::new),
        Combinators.combine(place, value).as(Mutation.Put::new), place.map(Mutation.Cut::new),
        place.map(Mutation.Splice::new),
        Combinators.combine(place, Arbitraries.integers().between(1, 500), value).as(Mutation.Insert::new),
        Combinators.combine(piece, length).as(Mutation.Length::new),
        Combinators.combine(piece, value).as(Mutation.Type::new),
        Combinators.combine(piece, piece).as(Mutation.Swap::new),
        Combinators.combine(piece, Arbitraries.of(1, 2, 120)).as(Mutation.Repeat::new),
        Combinators.combine(side, side).as(Mutation.Size::new));
  }

  private String outcome(byte[] bytes) throws IOException, InterruptedException {
    PictureInfo info = null;
    try {
      info = PictureProbe.probe(new ByteArrayInputStream(bytes));
      assertThat(info.orientation()).isBetween(1, 8);
      assertThat(info.pixels()).isPositive();
    } catch (NotAPictureException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      bounded("decoded by Java itself", () -> plain.decode(bytes, Sight.USUAL).close());
    } catch (PictureException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
    try {
      bounded("decoded", () -> reader.decode(bytes, Sight.USUAL).close());
    } catch (PictureException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
      return e.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
    assertThat(info).isNotNull();
    var object = new DetectedObject("person", 0.9, new Box(3, 5, 40, 60));
    bounded("annotated",
        () -> assertThat(drawing.draw(bytes, new PictureView.Annotated(object, List.of(object)))).isNotEmpty());
    bounded("thumbnail",
        () -> assertThat(drawing.draw(bytes, new PictureView.Thumbnail(object.box(), 320))).isNotEmpty());
    return "decoded";
  }

  /** Does something within the bounds of memory and time, also when it fails. */
  private void bounded(String name, Step step) throws InterruptedException {
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long began = System.nanoTime();
    try {
      step.run();
    } finally {
      long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
      MOST_ALLOCATED.merge(name, bytes, Math::max);
      assertThat(bytes).as("bytes allocated, %s", name).isLessThan(MOST_MEMORY);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).as("time").isLessThan(LONGEST);
    }
  }

  /** One look at a picture. */
  private interface Step {
    void run() throws InterruptedException;
  }
}
