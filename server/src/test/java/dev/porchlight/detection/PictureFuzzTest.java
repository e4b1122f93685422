package dev.porchlight.detection;

import com.sun.management.ThreadMXBean;
import dev.porchlight.CpuTime;
import dev.porchlight.Trials;
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
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spoils real photos in every way and has them looked at: what comes of it is a picture or one of the declared exceptions,
 * within seconds of processor time and within the memory that is set aside for it, all of which is given back. docs/pictures.md
 * says how to run it for longer.
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

  @Test
  void whateverIsSpoiltIsAPictureOrSaysWhyNot() {
    Trials.run(Integer.getInteger("porchlight.fuzz.tries", 1_500), random -> {
      String outcome = outcome(spoilt(random));

      // This would wait for ever if any memory had not been given back.
      memory.pixels(PictureMemory.PIXEL_BYTES).close();
      OUTCOMES.merge(outcome, 1, Integer::sum);
    });
  }

  @AfterAll
  static void print() {
    System.out
        .println("spoilt pictures: " + OUTCOMES.values().stream().mapToInt(Integer::intValue).sum() + " " + OUTCOMES
            + ", most bytes allocated " + MOST_ALLOCATED);
  }

  private static byte[] spoilt(RandomGenerator random) {
    List<Mutation> mutations = Stream.generate(() -> mutation(random)).limit(random.nextInt(1, 5)).toList();
    return Mutation.all(mutations, seed(random), seed(random));
  }

  private static byte[] seed(RandomGenerator random) {
    return SEEDS.get(random.nextInt(SEEDS.size()));
  }

  private static Mutation mutation(RandomGenerator random) {
    return switch (random.nextInt(10)) {
      case 0 -> new Mutation.Flip(place(random), random.nextInt(8));
      case 1 -> new Mutation.Put(place(random), value(random));
      case 2 -> new Mutation.Cut(place(random));
      case 3 -> new Mutation.Splice(place(random));
      case 4 -> new Mutation.Insert(place(random), random.nextInt(1, 501), value(random));
      case 5 -> new Mutation.Length(piece(random), length(random));
      case 6 -> new Mutation.Type(piece(random), value(random));
      case 7 -> new Mutation.Swap(piece(random), piece(random));
      case 8 -> new Mutation.Repeat(piece(random), one(random, 1, 2, 120));
      default -> new Mutation.Size(side(random), side(random));
    };
  }

  /** Most of what decides is at the front; both ends are hit now and then. */
  private static double place(RandomGenerator random) {
    return switch (random.nextInt(20)) {
      case 0 -> 0;
      case 1 -> 1;
      default -> random.nextDouble(random.nextBoolean() ? 1 : 0.05);
    };
  }

  private static int piece(RandomGenerator random) {
    return random.nextInt(13);
  }

  private static int value(RandomGenerator random) {
    return random.nextBoolean() ? random.nextInt(256) : one(random, 0, 1, 127, 128, 254, 255);
  }

  private static int length(RandomGenerator random) {
    return random.nextBoolean()
        ? random.nextInt(301)
        : one(random, 0, 1, 2, 3, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE, -1);
  }

  private static int side(RandomGenerator random) {
    return one(random, 0, 1, 2, 7, 600, 8_000, 65_500, 65_535, 65_536, 49_000_000, Integer.MAX_VALUE, -1);
  }

  private static int one(RandomGenerator random, int... of) {
    return of[random.nextInt(of.length)];
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
    var used = new CpuTime();
    try {
      step.run();
    } finally {
      long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
      MOST_ALLOCATED.merge(name, bytes, Math::max);
      assertThat(bytes).as("bytes allocated, %s", name).isLessThan(MOST_MEMORY);
      assertThat(used.soFar()).as("processor time, %s", name).isLessThan(LONGEST);
    }
  }

  /** One look at a picture. */
  private interface Step {
    void run() throws InterruptedException;
  }
}
